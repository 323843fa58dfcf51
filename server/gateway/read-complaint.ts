import type { Readable } from 'node:stream'
import * as v from 'valibot'

/** Of an upstream's error no more is read, and no more of its words shown. */
const MOST_BYTES = 65_536
const MOST_CHARACTERS = 300

/** Errors as model servers write them: `{"error": "…"}`, `{"error": {"message": "…"}}`, `{"message": "…"}`. */
const ComplaintSchema = v.union([
  v.pipe(
    v.looseObject({ error: v.string() }),
    v.transform(({ error }) => error),
  ),
  v.pipe(
    v.looseObject({ error: v.looseObject({ message: v.string() }) }),
    v.transform(({ error }) => error.message),
  ),
  v.pipe(
    v.looseObject({ message: v.string() }),
    v.transform(({ message }) => message),
  ),
])

/** The sentence in an upstream's error; empty where there is none. */
export async function readComplaint(body: Readable): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part)
      size += part.length
      if (size > MOST_BYTES) break
    }
    const parsed = v.safeParse(ComplaintSchema, JSON.parse(Buffer.concat(parts).toString('utf8')))
    return parsed.success ? parsed.output.replace(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS) : ''
  } catch {
    return ''
  }
}
