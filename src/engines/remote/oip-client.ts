import pRetry, { AbortError } from 'p-retry'
import * as v from 'valibot'
import type { EngineError } from '../engine-error.ts'
import { CANCELLED } from '../run.ts'
import { sleep } from '../sleep.ts'
import { complaintIn } from './complaint.ts'
import {
  JSON_LENGTH_HEADER,
  readAnswer,
  WireError,
  writeRequest,
  type InferAnswer,
  type WireForm,
} from './oip-message.ts'
import type { Tensor } from './oip-tensor.ts'
import { closed } from './closed.ts'
import { parseJson } from './parse-json.ts'
import { readBody } from './read-body.ts'
import { readCard, type RemoteCard } from './remote-card.ts'
import { retryAfter } from './retry-after.ts'
import { within } from './within.ts'

export interface OipOptions {
  /** Without a slash at its end. Behind a gateway its replicas take turns there: whoever answers, answers alike. */
  readonly url: string
  readonly model: string
  readonly fetch: typeof fetch
  /** Most bytes of an answer that are read. */
  readonly limitBytes?: number
  /** Milliseconds that one attempt may take. */
  readonly timeoutMs?: number
  /** Further attempts after the first, and the wait before the first of them in milliseconds. */
  readonly retries?: number
  readonly firstWaitMs?: number
  /** A clock in milliseconds; only differences count. */
  readonly now?: () => number
  /** Told before an attempt is made again: which it was and why it failed; null once one has succeeded after that. */
  readonly onTrouble?: (trouble: { readonly attempt: number; readonly of: number } | null) => void
}

/** An answer and what the one attempt that gave it took. */
interface TimedAnswer extends InferAnswer {
  /** Milliseconds from asking until all was read. */
  readonly ms: number
  /** The answer's `Server-Timing`. */
  readonly serverTiming: string | null
}

/** A model on a server that speaks the Open Inference Protocol. */
export interface OipModel {
  readonly card: RemoteCard
  readonly form: WireForm
  /** One inference. A step has no state on the server, so it may be asked again. */
  infer(inputs: readonly Tensor[], outputs: readonly string[], signal: AbortSignal): Promise<TimedAnswer>
}

const LIMIT_BYTES = 32 * 2 ** 20
const TIMEOUT_MS = 30_000
const RETRIES = 5
const FIRST_WAIT_MS = 200
/** A longer `Retry-After` is not waited for. */
const LONGEST_REST_S = 20

const ServerSchema = v.looseObject({ extensions: v.nullish(v.array(v.string())) })

/** Statuses below 500 that ask for another try. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429])
/** The same of a model that the server has described: it is not there at the moment. */
const COMING_AND_GOING: ReadonlySet<number> = new Set([...PASSING, 404, 409, 410, 423])
/**
 * What servers say with a 400 while a model comes or goes: Triton "is not at ready state" and "has no available
 * versions", MLServer "is not ready yet", OVMS "is not loaded yet".
 */
const NOT_READY =
  /\bnot (yet )?(at )?ready\b|\bno available versions?\b|\bnot (yet )?(loaded|available)\b|\b(un)?loading\b|\bunavailable\b|\bshutting down\b/i

function unreachable(model: string, detail: string): EngineError {
  return {
    kind: 'server-unreachable',
    message: `The server of ${model} does not answer. Try again when it is back: what was computed stays.`,
    detail,
  }
}

function refused(message: string, detail: string): EngineError {
  return { kind: 'server-refused', message, detail }
}

/** Asks a server what it is and what the model is. Throws an `EngineError`. */
export async function openOipModel(options: OipOptions, signal: AbortSignal): Promise<OipModel> {
  const { model, now = () => performance.now() } = options

  /** Bytes of an answer with its status 2xx. */
  async function ask<T>(
    path: string,
    init: RequestInit,
    signal: AbortSignal,
    read: (answer: Answer) => T,
    passing = PASSING,
  ) {
    const attempt = async () => read(await exchange(`${options.url}${path}`, init, signal, passing))
    const retries = options.retries ?? RETRIES
    let troubled = false
    try {
      const result = await pRetry(attempt, {
        retries,
        minTimeout: options.firstWaitMs ?? FIRST_WAIT_MS,
        randomize: true,
        signal,
        // A replica that is gone or busy is worth another try; so is an answer that was cut.
        shouldRetry: () => !signal.aborted,
        onFailedAttempt({ attemptNumber, retriesLeft }) {
          if (signal.aborted || retriesLeft === 0) return
          troubled = true
          options.onTrouble?.({ attempt: attemptNumber + 1, of: retries + 1 })
        },
      })
      if (troubled) options.onTrouble?.(null)
      return result
    } catch (error) {
      if (troubled) options.onTrouble?.(null)
      if (signal.aborted) throw CANCELLED
      if (error instanceof Refused) throw refused(error.message, path)
      throw unreachable(model, `${path}: ${String(error)}`)
    }
  }

  async function exchange(
    url: string,
    init: RequestInit,
    signal: AbortSignal,
    passing: ReadonlySet<number>,
  ): Promise<Answer> {
    const begun = now()
    const { response, body } = await within(options.timeoutMs ?? TIMEOUT_MS, signal, async (signal) => {
      const response = await options.fetch(url, { ...init, signal, redirect: 'error' })
      return { response, body: await readBody(response, options.limitBytes ?? LIMIT_BYTES) }
    })
    if (response.ok) return { body, headers: response.headers, ms: now() - begun }
    const { status, headers } = response
    const words = complaintIn(json(body)) ?? `status ${status}`
    // What is wrong with the request stays wrong; a model that comes or goes is there again, or on another replica.
    const isTheirs = status >= 400 && status < 500 && !passing.has(status) && !NOT_READY.test(words)
    if (isTheirs) throw new AbortError(new Refused(closed(`The server refuses: ${words}`)))
    const wait = retryAfter(headers) ?? 0
    if (wait > 0) await sleep(Math.min(wait, LONGEST_REST_S) * 1000, signal)
    throw new WireError(words)
  }

  const get = (path: string) => ask(path, {}, signal, ({ body }) => json(body))
  const server = v.safeParse(ServerSchema, await get('/v2'))
  const extensions = server.success ? (server.output.extensions ?? []) : []
  const form = extensions.includes('binary_tensor_data') ? 'binary' : 'json'
  const card = await findCard(model, get)

  return {
    card,
    form,
    infer(inputs, outputs, signal) {
      const { body, jsonLength } = writeRequest({ inputs, outputs, wants: form })
      const headers = {
        'content-type': jsonLength === null ? 'application/json' : 'application/octet-stream',
        ...(jsonLength !== null && { [JSON_LENGTH_HEADER]: String(jsonLength) }),
      }
      const init = { method: 'POST', headers, body: body as Uint8Array<ArrayBuffer> }
      return ask(
        `/v2/models/${encodeURIComponent(model)}/infer`,
        init,
        signal,
        (answer) => {
          const length = answer.headers.get(JSON_LENGTH_HEADER)
          return {
            ...readAnswer({ body: answer.body, jsonLength: length === null ? null : Number(length) }),
            ms: answer.ms,
            serverTiming: answer.headers.get('server-timing'),
          }
        },
        COMING_AND_GOING,
      )
    },
  }
}

interface Answer {
  readonly body: Uint8Array
  readonly headers: Headers
  readonly ms: number
}

/** The server understood and said no: asking again changes nothing. */
class Refused extends Error {}

function json(body: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(body))
  } catch {
    return null
  }
}

/** Triton has the card in a model's configuration, other servers in its metadata. */
async function findCard(model: string, get: (path: string) => Promise<unknown>): Promise<RemoteCard> {
  const path = `/v2/models/${encodeURIComponent(model)}`
  let card: RemoteCard | string | null = null
  try {
    card = readCard(await get(`${path}/config`))
  } catch (error) {
    if ((error as EngineError).kind !== 'server-refused') throw error
  }
  card ??= readCard(await get(path))
  if (card === null || typeof card === 'string') {
    throw refused(
      `The server's model ${model} cannot be driven from here: ${card ?? 'it has no card'}.`,
      path,
    )
  }
  return card
}
