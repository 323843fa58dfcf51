import * as v from 'valibot'
import { LIMITS } from '../limits.ts'
import type { PieceTable } from '../piece-tables.ts'

/** Token id to its bytes, a character of the string each (Latin-1). */
export const PieceTableSchema = v.record(
  v.pipe(v.string(), v.digits()),
  v.pipe(
    v.string(),
    v.regex(/^[\0-\xff]*$/, 'bytes are characters up to U+00FF'),
    v.maxLength(LIMITS.pieceBytes, `a token has at most ${LIMITS.pieceBytes} bytes`),
  ),
)

export type PieceTableFile = v.InferOutput<typeof PieceTableSchema>

export function encodePieces(table: PieceTable): PieceTableFile {
  return Object.fromEntries([...table].map(([id, bytes]) => [id, String.fromCharCode(...bytes)]))
}

export function decodePieces(file: PieceTableFile): PieceTable {
  return new Map(
    Object.entries(file).map(([id, text]) => [
      Number(id),
      Uint8Array.from(text, (character) => character.charCodeAt(0)),
    ]),
  )
}
