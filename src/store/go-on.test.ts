import { describe, expect, test } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { laneOf, type Comparison } from '../share/comparison.ts'
import { laneStatus } from './activity.ts'
import { createRecipeStore } from './recipe.ts'
import { createRunStore } from './run.ts'
import type { Offer } from '../engines/remote/gateway.ts'
import type { Servers } from '../engines/remote/servers.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import type { RunRequest } from '../engines/run-request.ts'
import { decodeLink } from '../share/link/decode-link.ts'
import { encodeLink } from '../share/link/encode-link.ts'
import { fromShared } from '../share/link/from-shared.ts'
import { toShared } from '../share/link/to-shared.ts'
import { answerText } from '../trace/decode-pieces.ts'
import { frameAt } from '../trace/frame-at.ts'
import type { TraceEvent } from '../trace/trace.ts'
import {
  eventsOf,
  noServers,
  scriptedEngine,
  settle,
  comparisonOfTraces,
  traceOf,
  type ScriptedEngine,
} from './testing/scripted.ts'

const RECIPE = { ...createRecipeStore(defaultDiffusionSettings(3)).getState(), prompt: 'new' }
const GONE = { kind: 'server-unreachable', message: 'The server is gone.' }
const SERVER: Upstream = { id: 'big', label: 'Big', protocol: 'oip', model: 'Test', replicas: 1 }

const events = ({ decoder, prompt }: RunRequest) => eventsOf(decoder, [5, 10, 15], prompt)

function serversWith(engine: ScriptedEngine, upstreams: readonly Upstream[] = [SERVER]) {
  const offer: Offer = { kind: 'offered', upstreams, unreadable: 0 }
  const servers: Servers = {
    list: () => Promise.resolve(offer),
    setToken: () => undefined,
    probe: () => Promise.resolve({ state: 'unknown' }),
    open: () => engine,
  }
  return () => Promise.resolve(servers)
}

function runWith(engine: ScriptedEngine) {
  let clock = 0
  const store = createRunStore({
    openEngine: () => Promise.resolve(engine),
    servers: noServers,
    now: () => (clock += 100),
  })
  const steps = (lane: string) => laneOf(store.getState().shown, lane)?.trace?.steps.length ?? 0
  return { store, steps }
}

describe('a run that was stopped', () => {
  test('goes on with the steps that it would have taken, and with the other lane', async () => {
    const engine = scriptedEngine(events)
    const { store, steps } = runWith(engine)
    void store.getState().start(RECIPE)
    await engine.release(3)
    store.getState().stop()
    await settle()
    expect(store.getState()).toMatchObject({ unfinished: 'diffusion', activity: { kind: 'stopped' } })
    const before = store.getState().shown
    const on = store.getState().goOn()
    await settle()
    expect(store.getState()).toMatchObject({ unfinished: null, shown: before })
    await engine.release(10)
    await on
    expect([steps('diffusion'), steps('autoregressive')]).toEqual([3, 3])
    const { shown, activity, unfinished } = store.getState()
    expect(laneOf(shown, 'diffusion')?.trace?.steps.map(({ step }) => step)).toEqual([1, 2, 3])
    expect(shown?.recordedAt).toBe(before?.recordedAt)
    expect([activity.kind, unfinished]).toEqual(['idle', null])
  })

  test('takes one step and stands still again', async () => {
    const engine = scriptedEngine(events)
    const { store, steps } = runWith(engine)
    void store.getState().start(RECIPE)
    await engine.release(2)
    store.getState().stop()
    await settle()
    const on = store.getState().goOn({ steps: 1 })
    await engine.release(10)
    await on
    expect(steps('diffusion')).toBe(2)
    expect(store.getState()).toMatchObject({ unfinished: 'diffusion', activity: { kind: 'stopped' } })
  })

  test('cannot go on once something else is shown, or before its first step', async () => {
    const engine = scriptedEngine(events)
    const { store } = runWith(engine)
    void store.getState().start(RECIPE)
    await engine.release(1)
    store.getState().stop()
    expect(store.getState().unfinished).toBeNull()
    void store.getState().start(RECIPE)
    await engine.release(3)
    store.getState().open(comparisonOfTraces({ diffusion: traceOf('diffusion', [1]) }))
    expect(store.getState().unfinished).toBeNull()
    await store.getState().goOn()
    expect(store.getState().activity.kind).toBe('idle')
  })

  test('is refused where other weights are there now', async () => {
    let revision = '0'
    const engine = scriptedEngine((request) =>
      events(request).map((event): TraceEvent =>
        event.kind === 'start'
          ? { ...event, header: { ...event.header, model: { ...event.header.model, revision } } }
          : event,
      ),
    )
    const { store, steps } = runWith(engine)
    void store.getState().start(RECIPE)
    await engine.release(2)
    store.getState().stop()
    revision = '1'
    const on = store.getState().goOn()
    await engine.release(5)
    await on
    expect(store.getState().activity).toMatchObject({ kind: 'failed', error: { kind: 'server-refused' } })
    expect(steps('diffusion')).toBe(1)
  })
})

test('a server that is gone leaves the trace; going on waits for it', async () => {
  let gone = true
  const engine = scriptedEngine((request) =>
    gone ? [...events(request).slice(0, 2), { throws: GONE }] : events(request),
  )
  const { store, steps } = runWith(engine)
  const run = store.getState().start(RECIPE)
  await engine.release(3)
  await run
  const { shown, activity } = store.getState()
  expect(activity).toEqual({ kind: 'failed', lane: 'diffusion', error: GONE })
  expect(laneStatus(laneOf(shown, 'diffusion')!, activity)).toBe('failed')
  expect([steps('diffusion'), store.getState().unfinished]).toEqual([1, 'diffusion'])
  const load = engine.load
  let asked = 0
  engine.load = (...payload) => (asked++ === 0 ? Promise.reject(GONE) : load(...payload))
  gone = false
  const on = store.getState().goOn({ wait: true })
  await engine.release(10)
  expect(store.getState().activity.kind).toBe('loading')
  await on
  expect(asked).toBeGreaterThan(1)
  expect([steps('diffusion'), steps('autoregressive')]).toEqual([3, 3])
})

describe('lanes in different places', () => {
  /** Spells every token of its own vocabulary in its own way. */
  const speaking = (word: string) => {
    const engine = scriptedEngine(events)
    return Object.assign(engine, { pieces: () => (id: number) => new TextEncoder().encode(`${word}${id} `) })
  }
  const answersOf = (comparison: Comparison) =>
    comparison.lanes.map(({ trace, pieces }) =>
      trace ? answerText(frameAt(trace, Infinity), pieces, trace.header.vocabulary) : null,
    )

  async function runBoth(there: string) {
    const [here, server] = [speaking('here'), speaking(there)]
    const store = createRunStore({
      openEngine: () => Promise.resolve(here),
      servers: serversWith(server),
      now: () => 0,
    })
    const places = { diffusion: SERVER }
    const run = store.getState().start({ ...RECIPE, places })
    await settle()
    await server.release(10)
    await here.release(10)
    await run
    return store
  }

  test('keep their own tokens in one comparison, which travels in a link', async () => {
    const { shown } = (await runBoth('there')).getState()
    const answers = ['there2 there2 there2 ', 'here2 here2 here2 ']
    expect(answersOf(shown!)).toEqual(answers)
    expect(shown!.lanes.map(({ trace }) => trace!.header.vocabulary.size)).toEqual([100, 100])
    const decoded = decodeLink(encodeLink(toShared(shown!, { clock: 'time', steps: [0, 0] })))
    if (!decoded.ok) throw new Error(decoded.message)
    expect(answersOf(fromShared(decoded.shared).comparison)).toEqual(answers)
  })
})
