import { afterEach, describe, expect, it } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../../core/default-settings.ts'
import { append } from '../../../trace/append.ts'
import { answerText } from '../../../trace/decode-pieces.ts'
import { frameAt } from '../../../trace/frame-at.ts'
import type { Trace } from '../../../trace/trace.ts'
import type { RunRequest } from '../../run-request.ts'
import { createGateway } from '../gateway.ts'
import { playParts, playService, type PlayedService } from '../testing/play.ts'
import { appendStream, delta, LATE_ERROR, replaceStream, sse } from '../testing/streams.ts'
import type { OpenAiUpstream } from '../upstream.ts'
import { createChatEngine } from './chat-engine.ts'

const AR: OpenAiUpstream = {
  id: 'writer',
  label: 'A writer',
  protocol: 'openai',
  dialect: 'append',
  model: 'writer-1',
  family: 'autoregressive',
}
const MERCURY: OpenAiUpstream = {
  id: 'mercury',
  label: 'Mercury 2',
  protocol: 'openai',
  dialect: 'replace',
  model: 'mercury-2',
  family: 'mercury',
  request: { diffusing: true },
}
const asAr: RunRequest = {
  decoder: 'autoregressive',
  prompt: 'Say hello.',
  settings: { ...defaultAutoregressiveSettings(16), seed: 7 },
}
const asDiffusion: RunRequest = {
  decoder: 'diffusion',
  prompt: 'Say hello.',
  settings: defaultDiffusionSettings(16),
}

let service: PlayedService | null = null
afterEach(async () => {
  await service?.close()
  service = null
})

async function runOn(
  upstream: OpenAiUpstream,
  request: RunRequest,
  play: Parameters<typeof playService>[0],
  signal = new AbortController().signal,
) {
  service = await playService(play)
  const gateway = createGateway({ base: service.base, fetch, storage: null })
  const engine = createChatEngine(upstream, { gateway, now: () => performance.now() })
  const seen: { trace: Trace | null } = { trace: null }
  const finished = (async () => {
    for await (const event of engine.run(request, signal)) seen.trace = append(seen.trace, event)
  })()
  const text = () => {
    const { trace } = seen
    return trace === null
      ? ''
      : answerText(frameAt(trace, Infinity), engine.pieces(), trace.header.vocabulary)
  }
  return { finished, seen, text, asked: service.asked }
}

describe('a lane on a service', () => {
  it('writes what an AR service appends, with its settings in the request', async () => {
    const { finished, seen, text, asked } = await runOn(AR, asAr, (response) =>
      playParts(response, appendStream(['Hel', 'lo', ', you', '!'])),
    )
    await finished
    expect(text()).toBe('Hello, you!')
    expect(seen.trace).toMatchObject({
      status: 'done',
      header: { record: 'text', decoder: 'autoregressive' },
    })
    expect(seen.trace?.steps).toHaveLength(4)
    expect(asked).toEqual([
      {
        model: 'writer-1',
        messages: [{ role: 'user', content: 'Say hello.' }],
        max_tokens: 16,
        temperature: 0,
        seed: 7,
        stream: true,
      },
    ])
  })

  it('replaces draft by draft, and sends no temperature that Mercury does not take', async () => {
    const { finished, seen, text, asked } = await runOn(MERCURY, asDiffusion, (response) =>
      playParts(response, replaceStream(['zz qq', 'Hello qq', 'Hello you'])),
    )
    await finished
    expect(text()).toBe('Hello you')
    expect(seen.trace?.header).toMatchObject({ record: 'drafts', model: { name: 'mercury-2' } })
    expect(seen.trace?.steps.map(({ commits }) => commits.length)).toEqual([2, 1, 1])
    expect(asked[0]).toMatchObject({ diffusing: true, stream: true })
    expect(asked[0]).not.toHaveProperty('temperature')
    expect(asked[0]).not.toHaveProperty('seed')
  })

  it('keeps what came before an error after a 200', async () => {
    const { finished, text } = await runOn(AR, asAr, (response) =>
      playParts(response, [sse(delta('Half an')), LATE_ERROR]),
    )
    await expect(finished).rejects.toMatchObject({
      kind: 'server-broken',
      message: expect.stringMatching(/A writer.*out of memory.*stays/),
    })
    expect(text()).toBe('Half an')
  })

  it('says so when the connection breaks', async () => {
    const { finished, text } = await runOn(AR, asAr, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(sse(delta('Half an')), () => response.destroy())
    })
    await expect(finished).rejects.toMatchObject({ kind: 'server-unreachable' })
    expect(text()).toBe('Half an')
  })

  it.each([
    [401, {}, 'server-refused', /A writer refuses: no key/],
    [429, { 'retry-after': '12' }, 'server-refused', /no key.*in 12 s/],
    [502, {}, 'server-unreachable', /can't answer now.*no key/],
  ])('says what %i means', async (status, headers, kind, message) => {
    const { finished } = await runOn(AR, asAr, (response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify({ error: 'no key' }))
    })
    await expect(finished).rejects.toMatchObject({ kind, message: expect.stringMatching(message) })
  })

  it('says so when an answer has no text', async () => {
    const { finished } = await runOn(AR, asAr, (response) => playParts(response, appendStream([])))
    await expect(finished).rejects.toMatchObject({ message: expect.stringMatching(/no text/) })
  })

  it('lets go of the service when it is cancelled', async () => {
    const stop = new AbortController()
    let close: () => void = () => undefined
    const closed = new Promise<void>((resolve) => (close = resolve))
    const { finished } = await runOn(
      AR,
      asAr,
      (response) => {
        response.on('close', () => close())
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(sse(delta('Half')), () => setTimeout(() => stop.abort(), 20))
      },
      stop.signal,
    )
    await expect(finished).rejects.toMatchObject({ kind: 'cancelled' })
    await closed
  })
})
