import type { Dispatcher } from 'undici'
import { PrivateAddressError } from './dispatcher.ts'
import { Refusal } from './refusal.ts'
import type { Replicas } from './replicas.ts'
import type { Stalls } from './stalls.ts'

/** What an upstream is asked. Nothing in it was spelt by a client. */
export interface Asked {
  readonly method: 'GET' | 'POST'
  /** Behind the upstream's address, beginning with a slash. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
  /** Whether it may be asked again, so also of another replica, where no answer came. */
  readonly idempotent: boolean
}

export interface Answered extends Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'> {
  /** Milliseconds until the answer's head was there, attempts that failed included. */
  readonly waitedMs: number
}

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher
  readonly replicas: Replicas
  readonly stalls: Pick<Stalls, 'lately'>
  /** Milliseconds without a byte after which an upstream is given up. */
  readonly silentMs: number
  readonly label: string
  readonly now: () => number
  /** Called for an attempt that failed and is made again elsewhere. */
  readonly onFailOver: () => void
}

/** Asks an upstream and gives back the answer's head and its body as it comes. Throws a `Refusal`. */
export async function exchange(
  asked: Asked,
  options: ExchangeOptions,
  signal: AbortSignal,
): Promise<Answered> {
  const { dispatcher, replicas, stalls, silentMs, label, now, onFailOver } = options
  const begun = now()
  const addresses = [...replicas.order()]
  let isForgiven = false
  const reset = new Set<string>()
  for (const [attempt, address] of addresses.entries()) {
    try {
      const url = new URL(address)
      const { statusCode, headers, body } = await dispatcher.request({
        origin: url.origin,
        path: url.pathname.replace(/\/$/, '') + asked.path,
        method: asked.method,
        headers: asked.headers,
        body: asked.body,
        signal,
        headersTimeout: silentMs,
        bodyTimeout: silentMs,
      })
      return { statusCode, headers, body, waitedMs: now() - begun }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const code = codeOf(error)
      if (code === 'UND_ERR_HEADERS_TIMEOUT') {
        throw new Refusal(
          504,
          `${label} has not answered for ${Math.round(silentMs / 1000)} seconds. Try again later.`,
        )
      }
      // Kept from its work, this process may have let an answer, or a connection, grow old by itself.
      if (!isForgiven && code !== 'ECONNREFUSED' && stalls.lately()) {
        isForgiven = true
        addresses.splice(attempt + 1, 0, address)
      } else if (asked.idempotent && RESET.has(code) && !reset.has(address)) {
        reset.add(address)
        addresses.splice(attempt + 1, 0, address)
      } else replicas.failed(address)
      const isLast = attempt === addresses.length - 1
      if (isLast || !(asked.idempotent || UNSENT.has(code))) throw unreachable(label, error)
      onFailOver()
    }
  }
  throw unreachable(label, null)
}

/** Codes of connections that the peer closed, perhaps only because they had long been idle. */
const RESET: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/** Codes of attempts that have sent nothing. */
const UNSENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function unreachable(label: string, error: unknown): Refusal {
  if (error instanceof PrivateAddressError) {
    return new Refusal(
      502,
      `${label} is on a private address, which this gateway is not allowed to reach. Whoever runs it can allow that.`,
    )
  }
  return new Refusal(502, `${label} cannot be reached. Try again when it is back.`)
}
