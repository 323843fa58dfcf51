import { DRAWABLE } from '../../../trace/drawable.ts'
import { knowledgeOfText } from '../../../trace/knowledge.ts'
import type { Pieces } from '../../../trace/pieces.ts'
import type { TraceHeader } from '../../../trace/trace.ts'
import type { LoadedModel } from '../../progress.ts'
import type { LaneEngine } from '../../engine.ts'
import type { RunRequest } from '../../run-request.ts'
import { isEngineError, type EngineError } from '../../engine-error.ts'
import { CANCELLED } from '../../run.ts'
import { closed } from '../closed.ts'
import type { Gateway } from '../gateway.ts'
import type { OpenAiUpstream } from '../upstream.ts'
import { readerOf, STEPS_OF } from './dialects.ts'
import { DONE, readStream } from './read-stream.ts'
import { refusalOf } from './refusal.ts'
import { notTold, requestBody } from './request-body.ts'
import { TEXT_VOCABULARY, textSteps } from './text-steps.ts'
import { whyNotWhole } from './whole-answer.ts'

export interface ChatSurroundings {
  readonly gateway: Gateway
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
}

/** Updates that a trace holds at most. */
const MOST_STEPS = 8000

/** A lane on a service: what is drawn is the text that it sends, in the one dialect that it is configured for. */
export function createChatEngine(upstream: OpenAiUpstream, { gateway, now }: ChatSurroundings): LaneEngine {
  const { label, model: name, dialect } = upstream
  const card = { name, revision: '', parameters: 0, precision: '' }
  const untold = notTold(upstream)
  const device = {
    backend: 'remote',
    label: untold === '' ? label : `${label} (asked without ${untold})`,
  } as const
  const loaded: LoadedModel = {
    card,
    device,
    notes: untold === '' ? [] : [`${label} does not take ${untold}: there it decides by itself.`],
    window: Number.MAX_SAFE_INTEGER,
    topK: 0,
    answerLengths: [],
  }
  let pieces: Pieces | null = null

  async function ask(request: RunRequest, signal: AbortSignal): Promise<Response> {
    const response = await gateway.fetch(gateway.address(upstream, 'v1/chat/completions'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: requestBody(upstream, request),
      signal,
      redirect: 'error',
    })
    if (!response.ok) throw await refusalOf(label, response)
    return response
  }

  return {
    capabilities: { resumable: false },
    load: () => Promise.resolve(loaded),
    encode: () =>
      Promise.reject({
        kind: 'server-refused',
        message: `${label} sends text and tells no tokens: its answers cannot be changed here.`,
      } satisfies EngineError),
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
      const header = {
        ...common,
        decoder: request.decoder,
        settings,
        knowledge: knowledgeOfText(STEPS_OF[dialect]),
      }
      try {
        const response = await ask(request, signal)
        yield { kind: 'start', header: header as TraceHeader }
        let count = 0
        let ending: string | null = null
        let summary = ''
        try {
          for await (const event of readStream(response)) {
            if (event.kind === 'error') throw stopped(label, event.message)
            if (event.kind === 'end' && (ending === null || event.reason !== DONE)) ending = event.reason
            if (event.kind === 'summary') summary += event.text
            const standing = read(event)
            if (standing === null) continue
            if (++count > MOST_STEPS) throw stopped(label, `more than ${MOST_STEPS} updates`)
            const length = standing.pieces.reduce((sum, piece) => sum + piece.length, 0)
            if (length > DRAWABLE.textBytes) throw stopped(label, 'its text is longer than can be drawn')
            yield { kind: 'step', step: steps.next(standing, now() - begun) }
          }
        } catch (error) {
          // What is lost behind a whole answer is a count of tokens, or a farewell.
          if (signal.aborted || isEngineError(error) || ending === null) throw error
        }
        const why = whyNotWhole(ending)
        if (why !== null) throw cutShort(label, why)
        if (count === 0) throw stopped(label, 'the answer has no text')
        yield { kind: 'end', ...(summary !== '' && { summary }) }
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

function stopped(label: string, said: string): EngineError {
  return {
    kind: 'server-broken',
    message: `${closed(`${label} ended the answer with an error: ${said}`)} What came so far stays.`,
  }
}

function cutShort(label: string, why: string): EngineError {
  return {
    kind: 'server-broken',
    message: `The answer of ${label} is not whole: ${why}. What came so far stays; run again for another.`,
  }
}
