import type { Pieces } from '../src/trace/pieces.ts'

const BLANK = 0x20

/** Every neighbouring `first` and `second` as one. */
function join(ids: readonly number[], first: number, second: number, one: number): number[] {
  const joined: number[] = []
  for (let at = 0; at < ids.length; at++) {
    const isPair = ids[at] === first && ids[at + 1] === second
    joined.push(isPair ? one : ids[at]!)
    if (isPair) at++
  }
  return joined
}

/**
 * A text in tokens of a larger vocabulary: the commonest pair of neighbours within words of another text becomes a
 * token of its own, again and again, as byte-pair encoding is trained. A vocabulary that is large enough stays as
 * it is.
 *
 * @param ids of the text
 * @param learnFrom ids of the other text
 * @param size of the vocabulary that the ids are of
 * @param wanted size of the larger one
 */
export function inLargerVocabulary(
  ids: readonly number[],
  learnFrom: readonly number[],
  pieces: Pieces,
  { size, wanted }: { readonly size: number; readonly wanted: number },
): { readonly ids: readonly number[]; readonly pieces: Pieces } {
  const texts = new Map<number, Uint8Array>()
  const textOf = (id: number) => texts.get(id) ?? pieces(id)
  for (let next = size; next < wanted; next++) {
    const counts = new Map<number, number>()
    for (let at = 1; at < learnFrom.length; at++) {
      if (textOf(learnFrom[at]!)[0] === BLANK) continue
      const pair = learnFrom[at - 1]! * wanted + learnFrom[at]!
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
    // The other text is too short to learn more from.
    if (counts.size === 0) break
    const [commonest] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))
    const [first, second] = [Math.floor(commonest / wanted), commonest % wanted]
    texts.set(next, Uint8Array.from([...textOf(first), ...textOf(second)]))
    learnFrom = join(learnFrom, first, second, next)
    ids = join(ids, first, second, next)
  }
  return { ids, pieces: textOf }
}
