import type { Readable } from 'node:stream'
import { complaintIn } from '../../src/engines/remote/complaint.ts'

/** Of an upstream's error no more is read. */
const MOST_BYTES = 65_536

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
    return complaintIn(JSON.parse(Buffer.concat(parts).toString('utf8'))) ?? ''
  } catch {
    return ''
  }
}
