import type { IncomingMessage } from 'node:http'
import type { Shares } from '../shares.ts'
import { tooLong } from './body-form.ts'
import { Refusal } from './refusal.ts'

/** Bytes that a body's first buffer holds; it grows as bytes come and not as they are announced. */
const FIRST = 16_384

export interface BodyLimits {
  /** Most bytes of it. */
  readonly most: number
  /** Whether it may hold nothing but JSON. */
  readonly isJson: boolean
  /** Memory of all bodies together: a body's share is given back by the function that `takeFrom` was told. */
  readonly memory: Shares
  readonly client: string
  /** Called with each share that was taken. */
  readonly onTaken: (giveBack: () => void) => void
  /** Aborts where nobody waits for an answer any more, or where others need the memory more: then it rejects. */
  readonly gone: AbortController
}

/** Reads a request's body into one buffer. Rejects with a `Refusal`, or with the reason why it is gone. */
export async function readBody(
  request: IncomingMessage,
  { most, isJson, memory, client, onTaken, gone }: BodyLimits,
): Promise<Buffer> {
  const refusal = tooLong(most, isJson)
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > most) throw refusal
  let held = Buffer.alloc(0)
  let length = 0

  /** Makes room for more. Copied into one buffer, a body in crumbs takes no more than its bytes. */
  function grow(needed: number): void {
    const size = Math.min(most, Math.max(needed, FIRST, held.length * 2))
    const busy = new Refusal(503, 'Too many long requests are being sent right now. Try again soon.', 2)
    const giveBack = memory.take(client, size - held.length, () => gone.abort(busy))
    if (giveBack === null) throw busy
    onTaken(giveBack)
    const larger = Buffer.allocUnsafe(size)
    held.copy(larger, 0, 0, length)
    held = larger
  }

  return new Promise((resolve, reject) => {
    const fail = (reason: unknown) => {
      request.off('data', take)
      reject(reason as Error)
    }
    function take(part: Buffer): void {
      const needed = length + part.length
      try {
        if (needed > most) throw refusal
        if (needed > held.length) grow(needed)
      } catch (error) {
        return fail(error)
      }
      part.copy(held, length)
      length = needed
    }
    if (gone.signal.aborted) return fail(gone.signal.reason)
    gone.signal.addEventListener('abort', () => fail(gone.signal.reason), { once: true })
    request.on('data', take)
    request.once('error', fail)
    request.once('end', () => resolve(held.subarray(0, length)))
  })
}
