import type { LaneResult } from './results.ts'

/** A number of a lane's result, as tables and files name it. */
export interface Column {
  readonly key: 'passes' | 'ms' | 'tokens' | 'tau' | 'likelihood'
  readonly name: string
  /** What it means, in half a line. */
  readonly hint: string
  readonly digits: number
}

export const COLUMNS: readonly Column[] = [
  { key: 'passes', name: 'Passes', hint: 'forward passes', digits: 0 },
  { key: 'ms', name: 'Milliseconds', hint: 'on the lane’s own clock', digits: 1 },
  { key: 'tokens', name: 'Tokens', hint: 'ends of sequence left out', digits: 0 },
  { key: 'tau', name: 'τ', hint: 'Kendall’s τ of the order of commits: 1 is left to right', digits: 2 },
  {
    key: 'likelihood',
    name: 'Likelihood',
    hint: 'the lane’s own, a token: the geometric mean of the probabilities at which it committed',
    digits: 3,
  },
]

/** A lane's number with the column's digits; null where it is not known. */
export function numberIn({ key, digits }: Column, result: LaneResult): string | null {
  return result[key]?.toFixed(digits) ?? null
}

/** Results by a column, the lower ones first or the higher ones; what is not known last, equals as they stood. */
export function sortedBy(
  results: readonly LaneResult[],
  key: Column['key'],
  order: 'ascending' | 'descending',
): LaneResult[] {
  const sign = order === 'ascending' ? 1 : -1
  return results.toSorted((one, other) => {
    const [a, b] = [one[key], other[key]]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * (a - b)
  })
}
