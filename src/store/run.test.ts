import { expect, test } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { laneOf } from '../share/comparison.ts'
import { laneStatus } from './activity.ts'
import { createRecipeStore } from './recipe.ts'
import { createRunStore, type RunState } from './run.ts'
import {
  eventsOf,
  scriptedEngine,
  settle,
  comparisonOfTraces,
  traceOf,
  type ScriptedEngine,
  noServers,
} from './testing/scripted.ts'

const RECIPE = { ...createRecipeStore(defaultDiffusionSettings(3)).getState(), prompt: 'new' }
const RECORDED = comparisonOfTraces({
  diffusion: traceOf('diffusion', [1, 2]),
  autoregressive: traceOf('autoregressive', [1]),
})

const traceIn = ({ shown }: RunState, lane: string) => laneOf(shown, lane)?.trace ?? null

function runWith(engine: ScriptedEngine) {
  let clock = 0
  const store = createRunStore({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
  })
  store.getState().open(RECORDED)
  const statuses = () => {
    const { shown, activity } = store.getState()
    return shown?.lanes.map((lane) => laneStatus(lane, activity))
  }
  return { store, statuses }
}

const whole = () => scriptedEngine(({ decoder, prompt }) => eventsOf(decoder, [5, 10, 15], prompt))

test('what is shown stays until the first new step, then the lanes take turns', async () => {
  const engine = whole()
  const { store, statuses } = runWith(engine)
  expect(statuses()).toEqual(['done', 'done'])
  const run = store.getState().start(RECIPE)
  expect(statuses()).toEqual(['loading', 'loading'])
  await settle()
  expect(statuses()).toEqual(['running', 'idle'])
  await engine.release(1)
  expect(store.getState().shown).toBe(RECORDED)
  await engine.release(1)
  expect(store.getState().shown).toMatchObject({
    lanes: [{ source: 'live' }, { trace: null }],
    prompt: 'new',
  })
  expect(traceIn(store.getState(), 'diffusion')?.steps).toHaveLength(1)
  expect(traceIn(store.getState(), 'autoregressive')).toBeNull()
  await engine.release(3)
  expect(statuses()).toEqual(['done', 'running'])
  await engine.release(5)
  await run
  expect(statuses()).toEqual(['done', 'done'])
  expect(traceIn(store.getState(), 'autoregressive')?.steps).toHaveLength(3)
  expect(store.getState()).toMatchObject({ notes: ['A note.'], model: { notes: ['A note.'] } })
})

test('steps that come faster than a screen draws are shown with the next one, and none is lost', async () => {
  const engine = whole()
  const store = createRunStore({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => 0,
  })
  const drawn: number[] = []
  store.subscribe((state) => drawn.push(traceIn(state, 'diffusion')?.steps.length ?? 0))
  void store.getState().start(RECIPE)
  await engine.release(4)
  expect(Math.max(...drawn)).toBe(1)
  store.getState().stop()
  expect(traceIn(store.getState(), 'diffusion')?.steps).toHaveLength(3)
})

test('Stop acts at once and keeps what there is; the next run works', async () => {
  const engine = whole()
  const { store, statuses } = runWith(engine)
  void store.getState().start(RECIPE)
  await engine.release(3)
  store.getState().stop()
  expect(statuses()).toEqual(['stopped', 'idle'])
  expect(traceIn(store.getState(), 'diffusion')).toMatchObject({ status: 'stopped' })
  expect(traceIn(store.getState(), 'diffusion')?.steps).toHaveLength(2)
  const again = store.getState().start(RECIPE)
  await engine.release(10)
  await again
  expect(statuses()).toEqual(['done', 'done'])
})

test('Stop while the model loads leaves the recording and no message', async () => {
  const { store, statuses } = runWith(whole())
  const run = store.getState().start(RECIPE)
  store.getState().stop()
  await run
  expect(store.getState().shown).toBe(RECORDED)
  expect(statuses()).toEqual(['stopped', 'stopped'])
})

test('a failure keeps the trace, tells its sentence, and can be dismissed', async () => {
  const error = { kind: 'worker-crashed', message: 'The worker died. Run again.' }
  const engine = scriptedEngine(({ decoder }) => [
    ...eventsOf(decoder, [5, 10]).slice(0, 2),
    { throws: error },
  ])
  const { store, statuses } = runWith(engine)
  const run = store.getState().start(RECIPE)
  await engine.release(3)
  await run
  expect(store.getState().activity).toEqual({ kind: 'failed', lane: 'diffusion', error })
  expect(statuses()).toEqual(['failed', 'idle'])
  expect(traceIn(store.getState(), 'diffusion')?.steps).toHaveLength(1)
  store.getState().dismiss()
  expect(store.getState().activity).toEqual({ kind: 'idle' })
})

test('what is thrown and is no engine error becomes one, with its words as the detail', async () => {
  const store = createRunStore({
    openEngine: () => Promise.reject(new Error('no chunk')),
    servers: noServers,
    now: () => 0,
  })
  await store.getState().start(RECIPE)
  expect(store.getState().activity).toMatchObject({
    kind: 'failed',
    lane: null,
    error: { kind: 'unexpected', detail: expect.stringMatching(/^Error: no chunk/) as string },
  })
})

test('starting again while a run is going drops the old one', async () => {
  const engine = whole()
  const { store } = runWith(engine)
  void store.getState().start({ ...RECIPE, prompt: 'old' })
  await engine.release(2)
  const run = store.getState().start({ ...RECIPE, prompt: 'newer' })
  await engine.release(10)
  await run
  expect(store.getState().shown?.prompt).toBe('newer')
  expect(store.getState().activity).toEqual({ kind: 'idle' })
})

test('another device opens another engine, the same one is kept', async () => {
  const engines: ScriptedEngine[] = []
  const store = createRunStore({
    servers: noServers,
    openEngine: () => {
      engines.push(whole())
      return Promise.resolve(engines.at(-1)!)
    },
    now: () => 0,
  })
  for (const device of ['auto', 'auto', 'wasm'] as const) {
    const run = store.getState().start({ ...RECIPE, device })
    await settle()
    await engines.at(-1)!.release(10)
    await run
  }
  expect(engines.map(({ disposed }) => disposed)).toEqual([true, false])
})

test('opening a recording stops a run that is going', async () => {
  const engine = whole()
  const { store } = runWith(engine)
  void store.getState().start(RECIPE)
  await engine.release(2)
  store.getState().open(RECORDED)
  await engine.release(10)
  expect(store.getState()).toMatchObject({ shown: RECORDED, activity: { kind: 'idle' } })
})
