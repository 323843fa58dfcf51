import { expect, test } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { createPlaybackStore, speedOf } from './playback.ts'
import { createRecipeStore } from './recipe.ts'
import { createRunStore } from './run.ts'
import {
  comparisonOfTraces,
  eventsOf,
  noServers,
  scriptedEngine,
  settle,
  traceOf,
} from './testing/scripted.ts'

/** Diffusion ends at 4 s of its clock, AR at 6 s; both are long enough to be shown as fast as they ran. */
const SHOWN = comparisonOfTraces({
  diffusion: traceOf('diffusion', [1000, 2000, 3000, 4000]),
  autoregressive: traceOf('autoregressive', [1500, 3000, 6000]),
})
const RECIPE = { ...createRecipeStore(defaultDiffusionSettings(3)).getState(), prompt: 'p' }

function stores() {
  const engine = scriptedEngine(({ decoder }) => eventsOf(decoder, [5000, 10_000]))
  let clock = 0
  const run = createRunStore({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
  })
  const store = createPlaybackStore(run)
  run.getState().open(SHOWN)
  const steps = () => store.getState().timeline.moments[store.getState().at]!.steps
  return { store, run, engine, steps, now: () => store.getState() }
}

test('plays every lane on the one clock, each to its own end', () => {
  const { now, steps } = stores()
  now().play()
  now().advance(1100)
  expect([steps(), now().ms]).toEqual([[1, 0], 1100])
  now().advance(3400)
  expect([steps(), now().ms, now().playing]).toEqual([[4, 2], 4500, true])
  now().advance(9999)
  expect([steps(), now().ms, now().playing]).toEqual([[4, 3], 6000, false])
  now().play()
  expect(now()).toMatchObject({ at: 0, ms: 0, playing: true })
})

test('stepping goes from one change to the next, and reaches every state of every lane', () => {
  const { now, steps } = stores()
  const seen = [steps()]
  for (let at = 0; at < 9; at++) {
    now().stepBy(1)
    seen.push(steps())
  }
  expect(seen).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [4, 3],
    [4, 3],
    [4, 3],
    [4, 3],
  ])
  now().stepBy(-Infinity)
  expect(now()).toMatchObject({ at: 0, ms: 0 })
  now().stepBy(Infinity)
  expect(steps()).toEqual([4, 3])
})

test('a diffusion run of one pass leaves AR all its steps', () => {
  const { run, now, steps } = stores()
  const quick = traceOf('diffusion', [38])
  const slow = traceOf(
    'autoregressive',
    Array.from({ length: 27 }, (_, at) => 2.7 * (at + 1)),
  )
  run.getState().open(comparisonOfTraces({ diffusion: quick, autoregressive: slow }))
  for (const clock of ['time', 'passes', 'share'] as const) {
    now().rewind()
    now().setClock(clock)
    const seen = new Set<number>()
    now().timeline.moments.forEach(() => {
      seen.add(steps()[1]!)
      now().stepBy(1)
    })
    expect(seen.size).toBe(28)
  }
})

test('another clock keeps the playhead where the lanes stood', () => {
  const { now, steps } = stores()
  now().goTo(3)
  expect(steps()).toEqual([2, 1])
  now().setClock('passes')
  expect(steps()[0]).toBe(2)
  now().goTo(Infinity)
  now().setClock('share')
  expect(steps()).toEqual([4, 3])
})

test('1 is the speed at which it ran; what is too quick to watch opens slowed down', () => {
  const { now, run } = stores()
  expect(speedOf(now())).toBe(1)
  now().setSpeed(4)
  now().advance(500)
  expect(now().ms).toBe(0)
  now().play()
  now().advance(500)
  expect(now().ms).toBe(2000)
  now().pause()
  now().advance(500)
  expect(now().ms).toBe(2000)
  run.getState().open(comparisonOfTraces({ diffusion: traceOf('diffusion', [50, 100, 500]) }))
  now().rewind()
  expect(speedOf(now())).toBe(1 / 8)
  now().play()
  now().advance(800)
  expect(now().ms).toBe(100)
})

test('nothing to play: nothing plays', () => {
  const run = createRunStore({
    openEngine: () => Promise.reject(new Error()),
    servers: noServers,
    now: () => 0,
  })
  const store = createPlaybackStore(run)
  store.getState().play()
  store.getState().goTo(3)
  expect(store.getState()).toMatchObject({ playing: false, at: 0 })
})

test('a live run is followed step by step, until the person looks elsewhere', async () => {
  const { now, run, engine, steps } = stores()
  now().goTo(2)
  now().play()
  void run.getState().start(RECIPE)
  await settle()
  expect(now()).toMatchObject({ playing: true, at: 2 })
  await engine.release(2)
  expect([now().playing, steps()]).toEqual([false, [1, 0]])
  await engine.release(1)
  expect(steps()).toEqual([2, 0])
  now().goTo(1)
  await engine.release(10)
  expect(run.getState().shown?.lanes[1]?.trace?.status).toBe('done')
  expect([steps()[0], now().following]).toEqual([1, false])
})

test('a lock holds the playhead until something else is shown', () => {
  const { now } = stores()
  now().goTo(2)
  now().lock()
  now().goTo(4)
  now().stepBy(1)
  now().play()
  expect(now()).toMatchObject({ at: 2, playing: false })
  now().rewind()
  now().goTo(4)
  expect(now().at).toBe(4)
})
