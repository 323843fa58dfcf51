import { expect, test } from 'vitest'
import { createPlaybackStore } from './playback.ts'
import { createRecipeStore } from './recipe.ts'
import { createRunStore } from './run.ts'
import { eventsOf, scriptedEngine, settle, shownOfTraces, traceOf, noServers } from './testing.ts'

/** Diffusion ends at 4 s of its clock, AR at 6 s; both are long enough to be shown as fast as they ran. */
const SHOWN = shownOfTraces(
  traceOf('diffusion', [1000, 2000, 3000, 4000]),
  traceOf('autoregressive', [1500, 3000, 6000]),
)

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
  return { store, run, engine, now: () => store.getState() }
}

test('plays on the clock of the diffusion lane, and past its end while the other lane goes on', () => {
  const { now } = stores()
  now().play()
  now().advance(1100)
  expect(now()).toMatchObject({ step: 1, ms: 1100 })
  now().advance(3400)
  expect(now()).toMatchObject({ step: 4, ms: 4500, playing: true })
  now().advance(9999)
  expect(now()).toMatchObject({ step: 4, ms: 6000, playing: false })
  now().play()
  expect(now()).toMatchObject({ step: 0, ms: 0, playing: true })
})

test('speed multiplies, a pause holds', () => {
  const { now } = stores()
  now().setSpeed(4)
  now().advance(500)
  expect(now().ms).toBe(0)
  now().play()
  now().advance(500)
  expect(now()).toMatchObject({ step: 2, ms: 2000 })
  now().pause()
  now().advance(500)
  expect(now().ms).toBe(2000)
})

test('going to a step stands at its end on the clock; the last is the end of both lanes', () => {
  const { now } = stores()
  now().goTo(3)
  expect(now()).toMatchObject({ step: 3, ms: 3000 })
  now().stepBy(1)
  expect(now()).toMatchObject({ step: 4, ms: 6000 })
  now().stepBy(Infinity)
  expect(now().step).toBe(4)
  now().stepBy(-Infinity)
  expect(now()).toMatchObject({ step: 0, ms: 0 })
})

test('another rule moves the end', () => {
  const { now } = stores()
  now().goTo(4)
  now().setRule('share')
  expect(now()).toMatchObject({ step: 4, ms: 4000 })
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
  expect(store.getState()).toMatchObject({ playing: false, step: 0 })
})

test('a live run is followed step by step, until the person looks elsewhere', async () => {
  const { now, run, engine } = stores()
  now().goTo(2)
  now().play()
  void run.getState().start({ ...createRecipeStore().getState(), prompt: 'p' })
  await settle()
  expect(now()).toMatchObject({ playing: true, step: 2 })
  await engine.release(2)
  expect(now()).toMatchObject({ playing: false, step: 1 })
  await engine.release(1)
  expect(now().step).toBe(2)
  now().goTo(1)
  await engine.release(10)
  expect(run.getState().shown?.traces.autoregressive?.status).toBe('done')
  expect(now()).toMatchObject({ step: 1, following: false })
})
