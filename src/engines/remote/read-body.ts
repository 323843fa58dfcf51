import { joinBytes } from './join-bytes.ts'

/** Reads an answer's body, at most `limit` bytes; throws a RangeError beyond. */
export async function readBody(response: Response, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) break
    size += value.length
    if (size > limit) {
      await reader?.cancel().catch(() => undefined)
      throw new RangeError(`more than ${limit} bytes came`)
    }
    parts.push(value)
  }
  return joinBytes(parts)
}
