import type { BitReader } from './bit-reader.ts'
import { readColumn } from './column.ts'
import { demand } from '../link-damage.ts'
import { LIMITS, type SharedComparison } from '../shared-comparison.ts'

type PiecesTable = SharedComparison['pieces']

/** Reads ids and the lengths of their text, which ends the text, by rising id; throws `LinkDamage`. */
export function readPieces(from: BitReader, text: Uint8Array): { pieces: PiecesTable; words: Uint8Array } {
  const count = from.count(LIMITS.pieces, 'pieces of text')
  const gaps = readColumn(from, count, LIMITS.id)
  const lengths = readColumn(from, count, LIMITS.pieceBytes)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  demand(total <= text.length, 'its text is too short')
  let at = text.length - total
  let id = -1
  const pieces = gaps.map((gap, index): PiecesTable[number] => {
    id += gap + 1
    demand(id <= LIMITS.id, 'a token id is too large')
    at += lengths[index]!
    return [id, text.slice(at - lengths[index]!, at)]
  })
  return { pieces, words: text.subarray(0, text.length - total) }
}
