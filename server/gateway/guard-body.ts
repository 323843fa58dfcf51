import { Transform } from 'node:stream'

/** Length of the longest end of `bytes` that is a beginning of `secret` and shorter than it. */
function begunAtEnd(bytes: Buffer, secret: Buffer): number {
  for (let length = Math.min(secret.length - 1, bytes.length); length > 0; length--) {
    if (bytes.subarray(bytes.length - length).equals(secret.subarray(0, length))) return length
  }
  return 0
}

/** Overwrites every whole occurrence of a secret, in place and with as many bytes, so that lengths stay right. */
export function strikeOut(bytes: Buffer, secret: Buffer): void {
  for (let at = bytes.indexOf(secret); at !== -1; at = bytes.indexOf(secret, at + secret.length)) {
    bytes.fill('*', at, at + secret.length)
  }
}

/**
 * Passes an upstream's bytes on as they come: without the gateway's key, also where it is cut over chunks, and
 * only as many as allowed. Held back is never more than the beginning of a key.
 */
export function guardBody({
  secret,
  limit,
}: {
  readonly secret: string | null
  readonly limit: number
}): Transform {
  const hidden = secret === null ? null : Buffer.from(secret)
  let held = Buffer.alloc(0)
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) return done(new RangeError(`more than ${limit} bytes came`))
      if (hidden === null) return done(null, chunk)
      const bytes = Buffer.concat([held, chunk])
      strikeOut(bytes, hidden)
      const back = begunAtEnd(bytes, hidden)
      held = bytes.subarray(bytes.length - back)
      done(null, bytes.subarray(0, bytes.length - back))
    },
    flush(done) {
      done(null, held)
    },
  })
}
