import * as v from 'valibot'
import { DRAWABLE } from '../../../trace/drawable.ts'
import type { Pieces } from '../../../trace/pieces.ts'
import type { TraceHeader } from '../../../trace/trace.ts'
import type { LoadedModel } from '../../browser/progress.ts'
import type { Capabilities, LaneEngine, RunRequest } from '../../engine.ts'
import { isEngineError, type EngineError } from '../../engine-error.ts'
import { CANCELLED } from '../../run.ts'
import type { Gateway } from '../gateway.ts'
import { readBody } from '../read-body.ts'
import { laneOf, type OpenAiUpstream } from '../upstream.ts'
import { readerOf, RECORD_OF } from './dialects.ts'
import { readStream } from './read-stream.ts'
import { TEXT_VOCABULARY, textSteps } from './text-steps.ts'

export interface ChatSurroundings {
  readonly gateway: Gateway
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
}

/** Updates that a trace holds at most. */
const MOST_STEPS = 8000

/** What a service can show: its text. */
function chatCapabilities(upstream: OpenAiUpstream): Capabilities {
  return {
    decoders: [laneOf(upstream)],
    tokenIds: false,
    confidence: false,
    entropy: false,
    topK: 0,
    perStep: false,
    editable: false,
    resumable: false,
  }
}

/** Mercury takes temperatures from 0.5 to 1; outside, it decides itself. */
function temperatureFor({ family }: OpenAiUpstream, temperature: number): number | undefined {
  return family === 'mercury' && (temperature < 0.5 || temperature > 1) ? undefined : temperature
}

function bodyOf(upstream: OpenAiUpstream, { prompt, settings }: RunRequest): string {
  return JSON.stringify({
    model: upstream.model,
    messages: [{ role: 'user', content: prompt }],
    max_tokens: settings.answerLength,
    temperature: temperatureFor(upstream, settings.temperature),
    ...(upstream.family !== 'mercury' && { seed: settings.seed }),
    ...upstream.request,
    stream: true,
  })
}

/** A lane on a service: what is drawn is the text that it sends, in the one dialect that it is configured for. */
export function createChatEngine(upstream: OpenAiUpstream, { gateway, now }: ChatSurroundings): LaneEngine {
  const { label, model: name, dialect } = upstream
  const card = { name, revision: '', parameters: 0, precision: '' }
  const device = { backend: 'remote', label } as const
  const loaded: LoadedModel = { card, device, notes: [], window: Number.MAX_SAFE_INTEGER }
  let pieces: Pieces | null = null

  async function ask(request: RunRequest, signal: AbortSignal): Promise<Response> {
    const response = await gateway.fetch(gateway.address(upstream, 'v1/chat/completions'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: bodyOf(upstream, request),
      signal,
      redirect: 'error',
    })
    if (!response.ok) throw refusal(label, response, await words(response))
    return response
  }

  return {
    capabilities: chatCapabilities(upstream),
    load: () => Promise.resolve(loaded),
    pieces: () => (id) => pieces?.(id) ?? new Uint8Array(),
    dispose: () => undefined,
    async *run(request, signal) {
      const { prompt, settings } = request
      if (prompt.trim() === '') {
        throw { kind: 'prompt-empty', message: 'Type a prompt first.' } satisfies EngineError
      }
      const begun = now()
      const steps = textSteps(settings.answerLength)
      pieces = steps.pieces
      const read = readerOf(dialect)
      const common = { prompt, promptIds: [], vocabulary: TEXT_VOCABULARY, model: card, device }
      const header = { ...common, decoder: request.decoder, settings, record: RECORD_OF[dialect] }
      try {
        const response = await ask(request, signal)
        yield { kind: 'start', header: header as TraceHeader }
        let count = 0
        for await (const event of readStream(response)) {
          if (event.kind === 'error') throw stopped(label, event.message)
          const standing = read(event)
          if (standing === null) continue
          if (++count > MOST_STEPS) throw stopped(label, `more than ${MOST_STEPS} updates`)
          const length = standing.reduce((sum, piece) => sum + piece.length, 0)
          if (length > DRAWABLE.textBytes) throw stopped(label, 'its text is longer than can be drawn')
          yield { kind: 'step', step: steps.next(standing, now() - begun) }
        }
        if (count === 0) throw stopped(label, 'the answer has no text')
        yield { kind: 'end' }
      } catch (error) {
        if (signal.aborted) throw CANCELLED
        if (isEngineError(error)) throw error
        throw {
          kind: 'server-unreachable',
          message: `${label} broke off or does not answer. What came so far stays; a service starts an answer anew.`,
          detail: String(error),
        } satisfies EngineError
      }
    },
  }
}

const Said = v.looseObject({ error: v.union([v.string(), v.looseObject({ message: v.string() })]) })

/** A service's own words about what is wrong, cut to a sentence's length. */
async function words(response: Response): Promise<string> {
  try {
    const said = v.parse(Said, JSON.parse(new TextDecoder().decode(await readBody(response, 64 * 1024))))
    return (typeof said.error === 'string' ? said.error : said.error.message).slice(0, 300)
  } catch {
    return `status ${response.status}`
  }
}

function refusal(label: string, { status, headers }: Response, said: string): EngineError {
  if (status >= 500) {
    return {
      kind: 'server-unreachable',
      message: `${label} can't answer now (${said}). Try again later.`,
    }
  }
  if (status === 429) {
    const wait = headers.get('retry-after')
    return {
      kind: 'server-refused',
      message: `${label} asks for patience (${said}). Try again ${wait === null ? 'later' : `in ${wait} s`}.`,
    }
  }
  return { kind: 'server-refused', message: `${label} refuses: ${said}` }
}

function stopped(label: string, said: string): EngineError {
  return {
    kind: 'server-broken',
    message: `${label} ended the answer with an error: ${said.slice(0, 300)}. What came so far stays.`,
  }
}
