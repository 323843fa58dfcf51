import { writeAddress } from './address.ts'
import { toBase64url } from './base64url.ts'
import { BitWriter } from './bit-writer.ts'
import { checksum } from './checksum.ts'
import { decodeLink } from './decode-link.ts'
import { writeLane } from './lane-writer.ts'
import { writePieces } from './pieces-table.ts'
import type { SharedComparison } from './shared-comparison.ts'
import { writeText } from './text-block.ts'
import { TokenWriter } from './token-sequence.ts'
import { writeWords } from './words.ts'

/** The format that is written; every one that ever was is read. */
const VERSION = 1

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

/**
 * A comparison as the hash of an address, without '#'. The same comparison gives the same link. Throws a
 * RangeError with a sentence when it is too large for one.
 */
export function encodeLink(shared: SharedComparison): string {
  const text = joined(
    new TextEncoder().encode(writeWords(shared)),
    ...shared.pieces.map(([, bytes]) => bytes),
  )
  const columns = new BitWriter()
  columns.fixed(shared.recordedAt, 32)
  columns.count(shared.playhead)
  columns.fixed(shared.teacher.hideControls ? 1 : 0, 1)
  columns.fixed(shared.teacher.lockStep ? 1 : 0, 1)
  writePieces(columns, shared.pieces)
  const tokens = new TokenWriter(
    columns,
    shared.pieces.map(([id]) => id),
  )
  writeLane(columns, tokens, shared.diffusion)
  writeLane(columns, tokens, shared.autoregressive)

  const columnBytes = columns.toBytes()
  const head = new BitWriter()
  const stored = writeText(head, text)
  head.expGolomb(columnBytes.length, 8)
  const body = joined(head.toBytes(), stored, columnBytes)
  const link = writeAddress(VERSION, toBase64url(joined(checksum(body), body)))
  if (!decodeLink(link).ok) {
    throw new RangeError('This comparison is too large for a link. Save it as a file and send that.')
  }
  return link
}
