import { complaintIn } from './complaint.ts'
import type { Gateway } from './gateway.ts'
import { readBody } from './read-body.ts'
import { readCard } from './remote-card.ts'
import type { OipUpstream, Upstream } from './upstream.ts'
import { within } from './within.ts'

/** How an upstream is, as far as can be known without a run. */
export type Health =
  | {
      readonly state: 'ready'
      /** Milliseconds there and back of the smallest request, the quicker of two. */
      readonly roundTripMs: number
      /** Candidates a position; absent of services, which send text. */
      readonly topK?: number
      /** What computes, in the server's words. */
      readonly device?: string
    }
  | { readonly state: 'loading' | 'unreachable' | 'refused'; readonly why: string }
  /** A service that is not asked before a run: asking costs money. */
  | { readonly state: 'unknown' }

/** Milliseconds after which a probe gives up. */
const PATIENCE_MS = 8000
const LIMIT_BYTES = 2 ** 20

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly ms: number
}

/** Asks an upstream how it is. Rejects only when it is aborted. */
export async function probe(
  upstream: Upstream,
  gateway: Gateway,
  now: () => number,
  signal: AbortSignal,
): Promise<Health> {
  const get = async (path: string): Promise<Answer> => {
    const begun = now()
    const { response, bytes } = await within(PATIENCE_MS, signal, async (signal) => {
      const response = await gateway.fetch(gateway.address(upstream, path), { signal, redirect: 'error' })
      return { response, bytes: await readBody(response, LIMIT_BYTES) }
    })
    const ms = now() - begun
    return { status: response.status, body: parse(bytes), ms }
  }
  try {
    return await (upstream.protocol === 'oip' ? probeServer(upstream, get) : probeService(get))
  } catch (error) {
    if (signal.aborted) throw error
    const late = error instanceof DOMException && error.name === 'TimeoutError'
    return { state: 'unreachable', why: late ? `no answer within ${PATIENCE_MS / 1000} s` : 'no answer' }
  }
}

async function probeServer({ model }: OipUpstream, get: (path: string) => Promise<Answer>): Promise<Health> {
  const live = await get('v2/health/ready')
  if (isGone(live)) return { state: 'unreachable', why: saidBy(live) }
  const path = `v2/models/${encodeURIComponent(model)}`
  const ready = await get(`${path}/ready`)
  if (isGone(ready)) return { state: 'unreachable', why: saidBy(ready) }
  if (isRefusal(ready)) return { state: 'refused', why: saidBy(ready) }
  if (!isFine(live) || !isFine(ready)) return { state: 'loading', why: 'the model is not ready yet' }
  const roundTripMs = Math.min(live.ms, ready.ms)
  for (const place of [`${path}/config`, path]) {
    const answer = await get(place)
    const card = isFine(answer) ? readCard(answer.body) : null
    if (typeof card === 'string') return { state: 'refused', why: card }
    if (card !== null) return { state: 'ready', roundTripMs, topK: card.topK, device: card.device }
  }
  return { state: 'refused', why: 'the model has no card that says how to drive it' }
}

async function probeService(get: (path: string) => Promise<Answer>): Promise<Health> {
  const models = await get('v1/models')
  if (isFine(models)) return { state: 'ready', roundTripMs: models.ms }
  if (isGone(models)) return { state: 'unreachable', why: saidBy(models) }
  if (models.status === 401 || models.status === 403) return { state: 'refused', why: saidBy(models) }
  return { state: 'unknown' }
}

const isFine = ({ status }: Answer) => status >= 200 && status < 300
const isGone = ({ status }: Answer) => status === 502 || status === 504
const isRefusal = ({ status }: Answer) => status >= 400 && status < 500 && ![400, 425, 429].includes(status)

function saidBy({ status, body }: Answer): string {
  return complaintIn(body) ?? `status ${status}`
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
