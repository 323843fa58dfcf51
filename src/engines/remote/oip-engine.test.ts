import { afterEach, describe, expect, it } from 'vitest'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import { append } from '../../trace/append.ts'
import { explain } from '../../trace/explain.ts'
import type { Trace } from '../../trace/trace.ts'
import { checkpointOf } from '../checkpoint-of.ts'
import type { Checkpoint } from '../run-request.ts'
import { createGateway } from './gateway.ts'
import { createOipEngine } from './oip-engine.ts'
import { probe } from './probe.ts'
import { CARD, playOip, type OipPlay, type PlayedServer } from './testing/play-oip.ts'

const live = () => new AbortController().signal
const UPSTREAM = { id: 'big', label: 'Big', protocol: 'oip', model: 'played', replicas: 1 } as const
const REQUEST = { decoder: 'diffusion', prompt: 'Hello you.', settings: defaultDiffusionSettings(8) } as const

let played: PlayedServer | null = null
afterEach(async () => {
  await played?.close()
  played = null
})

async function engineOn(play: OipPlay = {}) {
  const server = (played = await playOip(play))
  const troubles: (string | null)[] = []
  const gateway = createGateway({ base: server.base, fetch, storage: null })
  const engine = createOipEngine(UPSTREAM, {
    gateway,
    homeTokenizers: {
      small: `${server.base}home/tokenizer.json`,
      open: `${server.base}open/tokenizer.json`,
    },
    subtle: crypto.subtle,
    now: () => performance.now(),
    tell: (trouble) => troubles.push(trouble),
    patience: { retries: 3, firstWaitMs: 1 },
  })
  return { engine, gateway, troubles, asked: server.asked }
}

/** Runs to the end, or for so many steps. */
async function traceOn(
  { engine }: Awaited<ReturnType<typeof engineOn>>,
  steps = Infinity,
  before: Trace | null = null,
): Promise<Trace> {
  let trace = before
  const from: Checkpoint[] = before === null ? [] : [checkpointOf(before)!]
  for await (const event of engine.run(REQUEST, live(), ...from)) {
    if (event.kind === 'start' && before !== null) continue
    trace = append(trace, event)
    if (trace.steps.length === steps) break
  }
  return trace!
}

const commits = ({ steps }: Trace) =>
  steps.map((step) => step.commits.map(({ position, id }) => `${position}:${id}`).join())

describe('a lane on a model server', () => {
  it('says what it is and what it can show, and runs step by step with the server’s times', async () => {
    const opened = await engineOn()
    expect(await opened.engine.load(() => undefined, live())).toEqual({
      card: { name: 'Played', revision: 'abc', parameters: 7, precision: 'none' },
      device: { backend: 'remote', label: 'Big (a pencil)' },
      notes: ['Big: Open Inference Protocol, binary tensors.'],
      window: 64,
      topK: 4,
      answerLengths: [],
    })
    expect(opened.engine.capabilities).toEqual({ resumable: true })
    const trace = await traceOn(opened)
    expect(trace.status).toBe('done')
    expect(commits(trace)).toHaveLength(8)
    for (const { split, passMs } of trace.steps) {
      expect(split).toMatchObject({ queueMs: 0.25, computeMs: 0.5 })
      expect(split!.networkMs).toBeCloseTo(Math.max(0, passMs - 0.75), 6)
    }
  })

  it('goes on anywhere with the tokens of the unbroken run', async () => {
    const opened = await engineOn()
    const whole = await traceOn(opened)
    for (const steps of [1, 4, 7]) {
      const part = await traceOn(opened, steps)
      const rest = await traceOn(opened, Infinity, part)
      expect([commits(rest), rest.status]).toEqual([commits(whole), 'done'])
    }
  })

  it('tells of every attempt, and loses no token to a server that fails now and then', async () => {
    const whole = commits(await traceOn(await engineOn()))
    await played?.close()
    let calls = 0
    const faulty = await engineOn({
      instead: (path) => (path.endsWith('/infer') && calls++ % 3 < 2 ? { status: 503 } : null),
    })
    expect(commits(await traceOn(faulty))).toEqual(whole)
    expect(faulty.troubles).toContain('Big did not answer as it should: attempt 2 of 4.')
    expect(faulty.troubles.at(-1)).toBeNull()
  })

  it.each([
    [400, "Request for unknown model: 'played' version 1 is not at ready state"],
    [400, "Request for unknown model: 'played' has no available versions"],
    [400, 'Model played is not ready yet.'],
    [404, 'no such model now'],
    [409, 'unloading'],
  ])('asks again where a model comes or goes: %i %s', async (status, error) => {
    const whole = commits(await traceOn(await engineOn()))
    await played?.close()
    let calls = 0
    const opened = await engineOn({
      instead: (path) => (path.endsWith('/infer') && ++calls === 3 ? { status, error } : null),
    })
    expect(commits(await traceOn(opened))).toEqual(whole)
    expect(calls).toBe(whole.length + 1)
  })

  it.each([
    [400, 'unexpected shape for input top_k'],
    [422, 'too long'],
    [403, 'no'],
  ])('asks no second time where a request is refused: %i %s', async (status, error) => {
    let calls = 0
    const opened = await engineOn({
      instead: (path) => (path.endsWith('/infer') && ++calls === 3 ? { status, error } : null),
    })
    await expect(traceOn(opened)).rejects.toMatchObject({
      kind: 'server-refused',
      message: `The server refuses: ${error}.`,
    })
    expect(calls).toBe(3)
  })

  it('waits until a date that a busy server names', async () => {
    let calls = 0
    const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:01 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }
    const opened = await engineOn({
      instead: (path) => (path.endsWith('/infer') && ++calls === 3 ? { status: 503, headers } : null),
    })
    const begun = performance.now()
    expect((await traceOn(opened)).status).toBe('done')
    expect(performance.now() - begun).toBeGreaterThan(950)
  })

  it('reads a candidate that a server rules out as one of probability 0', async () => {
    const trace = await traceOn(await engineOn({ second: -Infinity }))
    expect(trace.status).toBe('done')
    expect([...trace.steps[0]!.logProbs].filter((_, at) => at % 2 === 1)).toEqual(Array(8).fill(-Infinity))
    expect(explain(trace, 1, 0, () => new Uint8Array())?.candidates[1]?.probability).toBe(0)
  })

  it.each([NaN, Infinity])('says that a server gave %d for a probability', async (second) => {
    await expect(traceOn(await engineOn({ second }))).rejects.toMatchObject({
      kind: 'server-broken',
      message: `The server answered a log-probability of ${second}. Tell whoever runs it; what was computed stays.`,
    })
  })

  it('ends with a sentence when the server is gone, and asks anew what it is afterwards', async () => {
    let gone = false
    const opened = await engineOn({
      instead: (path) => (gone && path.includes('/upstreams/') ? { status: 502 } : null),
    })
    const part = await traceOn(opened, 3)
    gone = true
    await expect(traceOn(opened, Infinity, part)).rejects.toMatchObject({
      kind: 'server-unreachable',
      message: expect.stringMatching(/does not answer.*what was computed stays/),
    })
    gone = false
    const before = opened.asked.filter((path) => path.endsWith('/config')).length
    expect((await traceOn(opened, Infinity, part)).status).toBe('done')
    expect(opened.asked.filter((path) => path.endsWith('/config'))).toHaveLength(before + 1)
  })

  it('takes the gateway’s tokenizer where this page has another', async () => {
    const opened = await engineOn({ hasTokenizer: true })
    expect((await traceOn(opened)).status).toBe('done')
    expect(opened.asked).toContain('/upstreams/big/tokenizer.json')
  })

  it.each([
    [
      { tokenizer: { name: 'another', sha256: 'f'.repeat(64) } },
      /Played uses another tokenizer \(another, ffffffffffff\).*this page has [0-9a-f]{12}; the gateway has none/,
    ],
    [
      { vocabulary: { ...CARD.vocabulary, size: 99 } },
      /vocabulary has 99 tokens.*has \d+: they do not belong/,
    ],
  ])('refuses what does not match before the first step %#', async (card, message) => {
    const opened = await engineOn({ card })
    await expect(opened.engine.load(() => undefined, live())).rejects.toMatchObject({
      kind: 'server-refused',
      message: expect.stringMatching(message),
    })
    expect(opened.asked.some((path) => path.endsWith('/infer'))).toBe(false)
  })
})

describe('how a server is', () => {
  const healthOf = async (instead: NonNullable<OipPlay['instead']>, card: OipPlay['card'] = {}) => {
    const { gateway } = await engineOn({ instead, card })
    return probe(UPSTREAM, gateway, () => performance.now(), live())
  }

  it('is ready, with its round trip and what it can show', async () => {
    expect(await healthOf(() => null)).toMatchObject({
      state: 'ready',
      topK: 4,
      device: 'a pencil',
      roundTripMs: expect.any(Number),
    })
  })

  it.each([
    ['/v2/health/ready', 502, 'unreachable'],
    ['/models/played/ready', 504, 'unreachable'],
    ['/models/played/ready', 503, 'loading'],
    ['/models/played/ready', 400, 'loading'],
    ['/models/played/ready', 404, 'refused'],
  ])('%s answers %i: %s', async (path, status, state) => {
    const health = await healthOf((asked) => (asked.endsWith(path) ? { status, error: 'why not' } : null))
    expect(health).toMatchObject({ state })
    if (state !== 'loading') expect(health).toMatchObject({ why: 'why not' })
  })

  it('is not usable without a card that this page can read', async () => {
    expect(await healthOf(() => null, { buckets: [] })).toMatchObject({ state: 'refused' })
  })

  it('is unreachable where nobody listens', async () => {
    const gateway = createGateway({ base: 'http://127.0.0.1:9/', fetch, storage: null })
    expect(await probe(UPSTREAM, gateway, () => 0, live())).toEqual({
      state: 'unreachable',
      why: 'no answer',
    })
  })

  it('of a service is known only where it lists its models', async () => {
    const service = {
      id: 'service',
      label: 'Service',
      protocol: 'openai',
      dialect: 'append',
      model: 'm',
      family: 'autoregressive',
    } as const
    const of = async (status: number) => {
      await played?.close()
      const { gateway } = await engineOn({ instead: () => ({ status }) })
      return probe(service, gateway, () => 1, live())
    }
    expect(await of(200)).toEqual({ state: 'ready', roundTripMs: 0 })
    expect(await of(404)).toEqual({ state: 'unknown' })
    expect(await of(401)).toMatchObject({ state: 'refused' })
    expect(await of(502)).toMatchObject({ state: 'unreachable' })
  })
})
