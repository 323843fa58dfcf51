import { BitReader } from './bit-reader.ts'
import { checksum, CHECKSUM_BYTES } from '../checksum.ts'
import { readLane } from './lane-reader.ts'
import { demand } from '../link-damage.ts'
import { readPieces } from './pieces-table.ts'
import { LIMITS, type SharedComparison } from '../shared-comparison.ts'
import { readText, readTextHead } from './text-block.ts'
import { TokenReader } from './token-sequence.ts'
import { readWords } from '../words.ts'

/**
 * Reads version 1: checksum, head, text (words as JSON, then the pieces' bytes), columns. What follows the
 * columns is left out. Throws `LinkDamage`, `NewerLink`, or what fflate, the text decoder and JSON throw.
 */
export function readVersion1(bytes: Uint8Array): SharedComparison {
  const sealed = bytes.subarray(CHECKSUM_BYTES)
  const head = new BitReader(sealed)
  const { isDeflated, length } = readTextHead(head)
  const columnBytes = head.expGolomb(8)
  const textStart = head.byteOffset
  const columnStart = textStart + length
  const end = columnStart + columnBytes
  demand(end <= sealed.length, 'it ends too early')
  const expected = checksum(sealed.subarray(0, end))
  demand(
    expected.every((byte, at) => byte === bytes[at]),
    'its checksum is wrong',
  )
  const text = readText(sealed.subarray(textStart, columnStart), isDeflated)
  return readColumns(new BitReader(sealed.subarray(columnStart, end)), text)
}

function readColumns(from: BitReader, text: Uint8Array): SharedComparison {
  const recordedAt = from.fixed(32)
  const playhead = from.count(LIMITS.steps, 'steps')
  const teacher = { hideControls: from.fixed(1) === 1, lockStep: from.fixed(1) === 1 }
  const { pieces, words } = readPieces(from, text)
  const { diffusion, autoregressive, ...rest } = readWords(
    new TextDecoder('utf-8', { fatal: true }).decode(words),
  )
  const tokens = new TokenReader(
    from,
    pieces.map(([id]) => id),
  )
  const read = (lane: typeof diffusion | typeof autoregressive) =>
    readLane(from, tokens, lane.settings.answerLength, lane.vocabulary)
  return {
    ...rest,
    recordedAt,
    pieces,
    diffusion: { ...diffusion, ...read(diffusion) },
    autoregressive: { ...autoregressive, ...read(autoregressive) },
    playhead,
    teacher,
  }
}
