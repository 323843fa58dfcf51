import { Transform } from 'node:stream'
import { spellings, type Spellings } from './spellings.ts'

/** Bytes and characters are one to one in Latin-1, so lengths and places are the same. */
const CODING = 'latin1'

function starred(text: string, { whole }: Spellings): string {
  return text.replace(whole, (found) => '*'.repeat(found.length))
}

/** A text without a secret in any of its spellings; null where there is none to hide. */
export function withoutSecret(text: string, secret: string | null): string {
  return secret === null ? text : starred(text, spellings(secret))
}

/**
 * Passes an upstream's bytes on as they come: without the gateway's key in any of its spellings, also where it is cut
 * over chunks, with as many bytes, so that lengths stay right, and only as many as allowed. Held back is never more
 * than the beginning of a key.
 */
export function guardBody({
  secret,
  limit,
}: {
  readonly secret: string | null
  readonly limit: number
}): Transform {
  const hidden = secret === null ? null : spellings(secret)
  let held = ''
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) return done(new RangeError(`more than ${limit} bytes came`))
      if (hidden === null) return done(null, chunk)
      const text = starred(held + chunk.toString(CODING), hidden)
      const end = text.slice(-hidden.longest)
      const back = hidden.begun.exec(end)?.[0].length ?? 0
      held = text.slice(text.length - back)
      done(null, Buffer.from(text.slice(0, text.length - back), CODING))
    },
    flush(done) {
      done(null, Buffer.from(held, CODING))
    },
  })
}
