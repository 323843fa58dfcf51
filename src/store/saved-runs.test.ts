import { expect, test } from 'vitest'
import { comparisonOf } from './comparison-of.ts'
import { createRecipeStore } from './recipe.ts'
import { createRunStore } from './run.ts'
import { createSavedStore, type Archive, type SavedRun } from './saved-runs.ts'
import { eventsOf, scriptedEngine, settle, noServers } from './testing.ts'
import { noteUnfinished, takeUnfinished } from './unfinished.ts'

const RECIPE = { ...createRecipeStore().getState(), prompt: 'new' }

/** An archive in memory; `refuse` makes it fail as a browser does. */
function memoryArchive() {
  const cards = new Map<string, SavedRun>()
  const runs = new Map<string, unknown>()
  const state = { refuse: null as unknown }
  const check = () => (state.refuse === null ? Promise.resolve() : Promise.reject(state.refuse as Error))
  const archive: Archive = {
    list: () => check().then(() => [...cards.values()]),
    get: (id) => check().then(() => runs.get(id)),
    put: (card, run) =>
      check().then(() => {
        cards.set(card.id, { ...card, name: cards.get(card.id)?.name ?? card.name })
        runs.set(card.id, run)
      }),
    rename: (id, name) => check().then(() => void cards.set(id, { ...cards.get(id)!, name })),
    remove: (ids) =>
      check().then(() => {
        for (const id of ids) {
          cards.delete(id)
          runs.delete(id)
        }
      }),
  }
  return { archive, state }
}

function page() {
  let clock = 0
  let day = 0
  const engine = scriptedEngine(({ decoder, prompt }) => eventsOf(decoder, [5, 10, 15], prompt))
  const run = createRunStore({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
    today: () => `2026-01-0${++day}T00:00:00.000Z`,
  })
  const { archive, state } = memoryArchive()
  const saved = createSavedStore(
    run,
    () => Promise.resolve(archive),
    () => clock,
  )
  return { engine, run, saved, state }
}

test('a run is kept as it ended, newest first; it is named, reopened and deleted', async () => {
  const { engine, run, saved } = page()
  for (let runs = 0; runs < 2; runs++) {
    const going = run.getState().start(RECIPE)
    await engine.release(10)
    await going
  }
  await settle()
  await saved.getState().refresh()
  const [newest, oldest] = saved.getState().runs
  expect([newest?.id.slice(0, 10), oldest?.id.slice(0, 10)]).toEqual(['2026-01-02', '2026-01-01'])
  const { prompt, diffusion, autoregressive } = comparisonOf(run.getState().shown!)!
  const opened = await saved.getState().open(newest!.id)
  expect(opened?.prompt).toBe(prompt)
  expect(opened?.diffusion.steps.map(({ at }) => at)).toEqual(diffusion.steps.map(({ at }) => at))
  expect(opened?.autoregressive.steps.map(({ commits }) => commits)).toEqual(
    autoregressive.steps.map(({ commits }) => commits),
  )
  await saved.getState().rename(newest!.id, ' The lantern ')
  expect(saved.getState().runs[0]?.name).toBe('The lantern')
  await saved.getState().rename(newest!.id, ' ')
  expect(saved.getState().runs[0]?.name).toBe('new')
  await saved.getState().remove([newest!.id])
  expect(saved.getState().runs).toHaveLength(1)
  expect(await saved.getState().open(newest!.id)).toBeNull()
})

test('a run that is left in the middle is kept as far as it got', async () => {
  const { engine, run, saved } = page()
  void run.getState().start(RECIPE)
  await engine.release(3)
  await settle()
  await saved.getState().refresh()
  const opened = await saved.getState().open(saved.getState().runs[0]!.id)
  expect(opened?.diffusion).toMatchObject({ status: 'stopped' })
  expect(opened?.diffusion.steps.length).toBeGreaterThan(0)
})

test('storage that is full or closed is a sentence, and runs go on', async () => {
  const { engine, run, saved, state } = page()
  state.refuse = new DOMException('full', 'QuotaExceededError')
  const going = run.getState().start(RECIPE)
  await engine.release(10)
  await going
  await settle()
  expect(saved.getState().trouble).toMatch(/full/)
  state.refuse = null
  await saved.getState().refresh()
  expect(saved.getState().trouble).toMatch(/full/)
  await saved.getState().remove([])
  expect(saved.getState().trouble).toBeNull()
  expect(run.getState().shown?.traces.autoregressive?.status).toBe('done')
  state.refuse = new DOMException('private', 'InvalidStateError')
  await saved.getState().refresh()
  expect(saved.getState().trouble).toMatch(/keeps nothing/)
  state.refuse = null
  await saved.getState().refresh()
  expect(saved.getState().trouble).toBeNull()
})

test('a tab that was left in mid-run tells so once, and one that was not does not', async () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const { engine, run } = page()
  noteUnfinished(run, () => 'new', storage)
  const going = run.getState().start(RECIPE)
  await settle()
  await engine.release(3)
  const left = new Map(kept)
  expect(takeUnfinished(storage)).toEqual({ id: '2026-01-01T00:00:00.000Z', prompt: 'new' })
  expect(takeUnfinished(storage)).toBeNull()
  for (const [key, value] of left) kept.set(key, value)
  await engine.release(10)
  await going
  expect(takeUnfinished(storage)).toBeNull()
  expect(takeUnfinished(null)).toBeNull()
  storage.getItem = () => '{"id": 3'
  expect(takeUnfinished(storage)).toBeNull()
})
