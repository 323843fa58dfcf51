import { afterEach, describe, expect, it } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../../core/default-settings.ts'
import { append } from '../../../trace/append.ts'
import { answerText } from '../../../trace/decode-pieces.ts'
import { frameAt } from '../../../trace/frame-at.ts'
import type { Trace } from '../../../trace/trace.ts'
import type { RunRequest } from '../../run-request.ts'
import { createGateway } from '../gateway.ts'
import { playParts, playService, type PlayedService } from '../testing/play.ts'
import { appendStream, delta, frameStream, LATE_ERROR, ODD, replaceStream, sse } from '../testing/streams.ts'
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
  return { finished, seen, text, engine, asked: service.asked }
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
      header: { knowledge: { steps: 'text' }, decoder: 'autoregressive' },
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
    expect(seen.trace?.header).toMatchObject({ knowledge: { steps: 'drafts' }, model: { name: 'mercury-2' } })
    expect(seen.trace?.steps.map(({ commits }) => commits.length)).toEqual([2, 1, 1])
    expect(asked[0]).toMatchObject({ diffusing: true, stream: true })
    expect(asked[0]).not.toHaveProperty('temperature')
    expect(asked[0]).not.toHaveProperty('seed')
  })

  it.each<[Partial<OpenAiUpstream>, Record<string, unknown>, string]>([
    [{}, { max_tokens: 16, temperature: 0, seed: 7 }, ''],
    [{ omit: ['seed'] }, { max_tokens: 16, temperature: 0 }, 'the seed'],
    [{ omit: ['max_tokens'] }, { max_completion_tokens: 16, temperature: 0, seed: 7 }, ''],
    [
      { omit: ['max_tokens', 'max_completion_tokens', 'temperature', 'seed'] },
      {},
      'the seed and the temperature and the answer’s length',
    ],
    [{ family: 'uniform-diffusion' }, { max_tokens: 16 }, 'the seed and the temperature'],
    [
      { family: 'uniform-diffusion', request: { temperature: 1 } },
      { max_tokens: 16, temperature: 1 },
      'the seed',
    ],
    [
      { family: 'mercury', request: { response_format: { type: 'json_schema' } } },
      { max_completion_tokens: 16, response_format: { type: 'json_schema' } },
      'the seed and temperatures below 0.5 and above 1',
    ],
  ])('leaves out what servers of %j refuse, and says so', async (more, sent, untold) => {
    const { finished, seen, asked, engine } = await runOn({ ...AR, ...more }, asAr, (response) =>
      playParts(response, appendStream(['Hello'])),
    )
    await finished
    const rest = { model: 'writer-1', messages: [{ role: 'user', content: 'Say hello.' }], stream: true }
    expect(asked).toEqual([{ ...rest, ...sent }])
    const { notes } = await engine.load(() => undefined, new AbortController().signal)
    expect(notes.join(' ')).toBe(untold && `A writer does not take ${untold}: there it decides by itself.`)
    expect(seen.trace?.header.device.label).toBe(`A writer${untold && ` (asked without ${untold})`}`)
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
    [401, {}, 'no key', 'server-refused', 'A writer refuses: no key.'],
    [
      429,
      { 'retry-after': '12' },
      'slow down',
      'server-refused',
      'A writer asks for patience: slow down. Try again in 12 s.',
    ],
    [
      429,
      { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:27:30 GMT' },
      'slow down',
      'server-refused',
      'A writer asks for patience: slow down. Try again in 30 s.',
    ],
    [
      429,
      { 'retry-after': 'soon' },
      'slow down',
      'server-refused',
      'A writer asks for patience: slow down. Try again later.',
    ],
    [
      429,
      {},
      'At most 64 requests at once. Wait until one of yours is answered.',
      'server-refused',
      'A writer asks for patience: At most 64 requests at once. Wait until one of yours is answered.',
    ],
    [502, {}, 'no key', 'server-unreachable', "A writer can't answer now: no key. Try again later."],
    [
      503,
      { 'retry-after': '7' },
      'no key!',
      'server-unreachable',
      "A writer can't answer now: no key! Try again in 7 s.",
    ],
    [
      502,
      {},
      'A writer cannot be reached. Try again when it is back.',
      'server-unreachable',
      'A writer cannot be reached. Try again when it is back.',
    ],
    [
      404,
      {},
      'A writer is here for the model x only.',
      'server-refused',
      'A writer is here for the model x only.',
    ],
    [
      422,
      {},
      [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }],
      'server-refused',
      'A writer refuses: seed: Extra inputs are not permitted.',
    ],
    [500, {}, '', 'server-unreachable', "A writer can't answer now: status 500. Try again later."],
  ])('says what %i with %j means: %j', async (status, headers, said, kind, message) => {
    const { finished } = await runOn(AR, asAr, (response) => {
      response.sendDate = false
      response.writeHead(status, { 'content-type': 'application/json', ...(headers as object) })
      response.end(JSON.stringify(typeof said === 'string' ? { error: said } : { detail: said }))
    })
    await expect(finished).rejects.toMatchObject({ kind, message })
  })

  it.each([
    ['the fields at the top', ODD.flatError, /A writer.*: out of memory\. What came so far stays/],
    ['a code alone', ODD.codeOnly, /A writer.*: error 500\./],
    ['its name alone', ODD.namedError, /A writer.*: out of memory\./],
    ['no end', ODD.noFinish, /not whole: it stopped without saying that it was done/],
    [
      'the reason error',
      [sse(delta('Half an')), sse(delta('', 'error')), sse('[DONE]')],
      /not whole.*“error”/,
    ],
    ['the reason abort', [sse(delta('Half an')), sse(delta('', 'abort'))], /not whole.*“abort”/],
    [
      'a filter',
      [sse(delta('Half an')), sse(delta('', 'content_filter')), sse('[DONE]')],
      /not whole: its filter/,
    ],
    [
      'a tool',
      [sse(delta('Half an')), sse(delta('', 'tool_calls')), sse('[DONE]')],
      /not whole: it called a tool/,
    ],
  ])('does not take half an answer for a whole one: %s', async (_, stream, message) => {
    for (const dialect of ['append', 'replace', 'frame'] as const) {
      const { finished, seen, text } = await runOn({ ...AR, dialect }, asAr, (response) =>
        playParts(response, stream),
      )
      await expect(finished).rejects.toMatchObject({
        kind: 'server-broken',
        message: expect.stringMatching(message),
      })
      expect([text(), seen.trace?.status]).toEqual(['Half an', 'running'])
      await service?.close()
    }
  })

  it.each([
    ['a character in two halves', ODD.surrogateHalves, 'Hi 😀'],
    ['content in parts', ODD.contentParts, 'Four.'],
    ['[DONE] alone', ODD.doneWithoutFinish, 'Whole.'],
    ['the reason alone', [sse(delta('Whole.', 'stop'))], 'Whole.'],
    ['its length', [sse(delta('Whole.', 'length'))], 'Whole.'],
    ['an end in capitals', [sse(delta('Whole.', 'MAX_TOKENS'))], 'Whole.'],
    ['blanks at its end', [sse(delta('Whole.\n')), sse(delta('\n', 'stop'))], 'Whole.\n\n'],
  ])('takes an answer for whole by %s', async (_, stream, whole) => {
    for (const dialect of ['append', 'frame'] as const) {
      const { finished, seen, text } = await runOn({ ...AR, dialect }, asAr, (response) =>
        playParts(response, stream),
      )
      await finished
      expect([text(), seen.trace?.status]).toEqual([whole, 'done'])
      await service?.close()
    }
  })

  it('does not mind a connection that breaks behind a whole answer', async () => {
    const { finished, seen } = await runOn(AR, asAr, (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(sse(delta('Whole.', 'stop')), () => response.destroy())
    })
    await finished
    expect(seen.trace?.status).toBe('done')
  })

  it('counts as many pieces wherever the service cuts its words', async () => {
    const counts = []
    for (const words of [
      ['models ', 'are ', 'small'],
      ['models', ' are', ' small'],
      ['models', ' ', 'are', ' ', 'small'],
    ]) {
      const { finished, seen } = await runOn(AR, asAr, (response) => playParts(response, appendStream(words)))
      await finished
      counts.push(seen.trace!.steps.flatMap(({ commits }) => commits).length)
      await service?.close()
    }
    expect(counts).toEqual([3, 3, 3])
  })

  it('keeps where a frame says it stands, and which part is still a draft', async () => {
    const frames = frameStream([
      { drafts: ['a b', 'A b'], text: 'A B' },
      { drafts: [' c', ' C'], text: ' C' },
    ])
    const { finished, seen } = await runOn({ ...MERCURY, dialect: 'frame' }, asDiffusion, (response) =>
      playParts(response, frames),
    )
    await finished
    expect(seen.trace?.steps.map(({ draft, block }) => [draft ?? null, block[0]])).toEqual([
      [{ block: 0, step: 1, total: 2 }, 0],
      [{ block: 0, step: 2, total: 2 }, 0],
      [null, 0],
      [{ block: 1, step: 1, total: 2 }, 2],
      [{ block: 1, step: 2, total: 2 }, 2],
      [null, 2],
    ])
  })

  it('keeps a service’s summary of what it thought apart from its answer', async () => {
    const summary = sse({ choices: [], reasoning_summary: { content: 'I counted.', status: 'complete' } })
    const { finished, seen, text } = await runOn(MERCURY, asDiffusion, (response) =>
      playParts(response, [sse(delta('Four.', 'stop')), summary, sse('[DONE]')]),
    )
    await finished
    expect([text(), seen.trace?.summary]).toEqual(['Four.', 'I counted.'])
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
