import { expect, test } from 'vitest'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import { createRecipeStore, plansOf, type Recipe } from '../recipe.ts'
import { createRunStore } from '../run.ts'
import { eventsOf, noServers, scriptedEngine, settle } from '../testing/scripted.ts'
import { createRepeatStore } from './repeat.ts'

function repeated(times: number) {
  const seeds: number[] = []
  const engine = scriptedEngine(({ decoder, prompt }) => eventsOf(decoder, [5, 10, 15], prompt))
  let clock = 0
  let day = 0
  const run = createRunStore({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
    today: () => `2026-01-01T00:00:${String(day++).padStart(2, '0')}.000Z`,
  })
  const repeat = createRepeatStore(run)
  const recipe: Recipe = { ...createRecipeStore(defaultDiffusionSettings(3)).getState(), prompt: 'p' }
  const plans = (of: Recipe) => {
    seeds.push(of.settings.seed)
    return plansOf(of)
  }
  const done = repeat.getState().start(recipe, plans, times)
  return { engine, run, repeat, seeds, done, state: () => repeat.getState() }
}

test('a recipe that is repeated runs with one seed after the other, and every run is counted', async () => {
  const { engine, seeds, done, state } = repeated(3)
  for (let turn = 0; turn < 6; turn++) {
    await settle()
    await engine.release(5)
  }
  await done
  expect(seeds).toEqual([1, 2, 3])
  expect(state()).toMatchObject({ going: false, of: 3 })
  expect(
    state().runs.map((results) => results.map(({ passes, ms, firstMs }) => [passes, ms, firstMs])),
  ).toEqual(
    Array(3).fill([
      [3, 15, 5],
      [3, 15, 5],
    ]),
  )
})

test('stopping ends it, and what was counted stays', async () => {
  const { engine, run, done, state, seeds } = repeated(4)
  for (let turn = 0; turn < 2; turn++) {
    await settle()
    await engine.release(5)
  }
  await settle()
  run.getState().stop()
  await done
  expect(state()).toMatchObject({ going: false, of: 4 })
  expect(state().runs).toHaveLength(1)
  expect(seeds).toEqual([1, 2])
})
