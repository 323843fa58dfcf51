import type { Pieces } from '../trace/pieces.ts'
import type { TraceVocabulary } from '../trace/trace.ts'

/** The bytes of tokens by their ids. */
export type PieceTable = ReadonlyMap<number, Uint8Array>

/** The tokens of one lane. */
export interface LaneTokens {
  readonly vocabulary: TraceVocabulary
  readonly pieces: Pieces
  /** Those that occur. */
  readonly ids: ReadonlySet<number>
}

/** Tables of pieces, and which of them holds each lane's; a lane without tokens has the first one. */
export interface PieceTables {
  readonly tables: readonly PieceTable[]
  readonly indexOf: readonly number[]
}

/** One table for all lanes of one vocabulary that agree in the text of every token: lanes on one model share theirs. */
export function tablesOf(lanes: readonly (LaneTokens | null)[]): PieceTables {
  const groups: { readonly vocabulary: string; readonly table: Map<number, Uint8Array> }[] = []
  const indexOf = lanes.map((lane) => {
    if (lane === null) return 0
    const { size, mask, end } = lane.vocabulary
    const vocabulary = [size, mask, end].join()
    const own = new Map([...lane.ids].map((id) => [id, lane.pieces(id)]))
    const known = groups.findIndex((group) => group.vocabulary === vocabulary && agree(group.table, own))
    if (known < 0) return groups.push({ vocabulary, table: own }) - 1
    for (const [id, bytes] of own) groups[known]!.table.set(id, bytes)
    return known
  })
  return { tables: groups.map(({ table }) => table), indexOf }
}

function agree(table: PieceTable, other: PieceTable): boolean {
  for (const [id, bytes] of other) {
    const known = table.get(id)
    if (known === undefined) continue
    if (known.length !== bytes.length || known.some((byte, at) => byte !== bytes[at])) return false
  }
  return true
}

const NONE = new Uint8Array()

/** The text of tokens by a table; what is not in it has none. */
export function piecesOf(table: PieceTable): Pieces {
  return (id) => table.get(id) ?? NONE
}
