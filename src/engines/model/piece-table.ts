import type { Pieces } from '../../trace/pieces.ts'

/** The bytes of every token, end to end: two arrays cross a worker's wire without a copy. */
export interface PieceTable {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** `[size + 1]`: token i is `bytes[offsets[i], offsets[i + 1])`. */
  readonly offsets: Int32Array<ArrayBuffer>
}

/** GPT-2's table: printable bytes stand for themselves, the others for characters from U+0100 on. */
function byteOfCharacter(): ReadonlyMap<string, number> {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae
  const table = new Map<string, number>()
  let next = 0x100
  for (let byte = 0; byte < 256; byte++) {
    table.set(String.fromCodePoint(printable(byte) ? byte : next++), byte)
  }
  return table
}

/**
 * The bytes of every token of a byte-level vocabulary.
 *
 * @param vocabulary token strings in GPT-2's alphabet, by id
 * @param plain texts of ids that are not in that alphabet: empty for tokens that steer a model and are no text, such
 *   as ends of a turn, which reference decoders leave out as well
 */
export function pieceTable(vocabulary: readonly string[], plain: ReadonlyMap<number, string>): PieceTable {
  const byteOf = byteOfCharacter()
  const utf8 = new TextEncoder()
  const offsets = new Int32Array(vocabulary.length + 1)
  const pieces = vocabulary.map((text, id) => {
    const written = plain.get(id)
    if (written !== undefined) return utf8.encode(written)
    return Uint8Array.from(text, (character) => {
      const byte = byteOf.get(character)
      if (byte === undefined) throw new Error(`Token ${id} of the vocabulary is not in the byte alphabet.`)
      return byte
    })
  })
  pieces.forEach((piece, id) => (offsets[id + 1] = offsets[id]! + piece.length))
  const bytes = new Uint8Array(offsets[vocabulary.length]!)
  pieces.forEach((piece, id) => bytes.set(piece, offsets[id]!))
  return { bytes, offsets }
}

/** Looks tokens up in a table; an id outside it has no bytes. */
export function piecesOf({ bytes, offsets }: PieceTable): Pieces {
  return (id) => bytes.subarray(offsets[id] ?? 0, offsets[id + 1] ?? 0)
}
