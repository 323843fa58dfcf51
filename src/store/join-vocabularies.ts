import type { Vocabulary } from '../core/vocabulary.ts'
import type { Pieces } from '../trace/pieces.ts'

interface Tokens {
  readonly vocabulary: Vocabulary
  readonly pieces: Pieces
}

/** One table of pieces for two lanes, and by how much the second lane's ids are raised in it. */
export interface JoinedVocabulary {
  readonly by: number
  readonly pieces: Pieces
}

/**
 * Lanes on different models number their tokens differently, and a comparison has one table. Where the two agree in
 * every token nothing is raised; else the second lane's ids stand behind the first lane's.
 */
export function joinVocabularies(first: Tokens, second: Tokens): JoinedVocabulary {
  if (agree(first, second)) return { by: 0, pieces: second.pieces }
  const by = first.vocabulary.size
  return { by, pieces: (id) => (id < by ? first.pieces(id) : second.pieces(id - by)) }
}

function agree({ vocabulary: a, pieces: one }: Tokens, { vocabulary: b, pieces: other }: Tokens): boolean {
  if (a.size !== b.size || a.mask !== b.mask || a.end !== b.end) return false
  for (let id = 0; id < a.size; id++) {
    const [left, right] = [one(id), other(id)]
    if (left.length !== right.length || left.some((byte, at) => byte !== right[at])) return false
  }
  return true
}
