/** How far two texts agree. */
export interface WordDifferences {
  readonly isSame: boolean
  /** Words that stand in both, in the same order. */
  readonly shared: number
  /** Words of the longer one. */
  readonly of: number
}

/** Words of a text that are compared; longer ones are cut here, since comparing costs their product. */
const MOST_WORDS = 2000

function wordsIn(text: string): string[] {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
}

/** Compares two texts by their longest common row of words; blanks do not count. */
export function wordDifferences(one: string, other: string): WordDifferences {
  const [a, b] = [wordsIn(one), wordsIn(other)]
  let row = new Array<number>(b.length + 1).fill(0)
  for (const word of a) {
    const next = [0]
    for (let at = 0; at < b.length; at++) {
      next.push(word === b[at] ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!))
    }
    row = next
  }
  const shared = row.at(-1)!
  const of = Math.max(a.length, b.length)
  return { isSame: one.trim() === other.trim(), shared, of }
}
