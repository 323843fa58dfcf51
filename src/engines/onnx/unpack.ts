import type { Prediction } from '../../core/prediction.ts'

/**
 * Reads rows of a graph's output.
 *
 * @param packed `[length, 2k + 2]`: k logits, k ids, log-sum-exp, entropy in nats
 * @param first the row about the first position
 * @param rows how many positions
 */
export function unpack(packed: Float32Array, first: number, rows: number, k: number): Prediction {
  const width = 2 * k + 2
  const ids = new Int32Array(rows * k)
  const logProbs = new Float32Array(rows * k)
  const entropy = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const from = (first + row) * width
    const to = row * k
    const logSumExp = packed[from + 2 * k]!
    for (let j = 0; j < k; j++) {
      logProbs[to + j] = packed[from + j]! - logSumExp
      ids[to + j] = packed[from + k + j]!
    }
    orderTies(ids, logProbs, to, to + k)
    // Rounding can leave a certain position a hair below zero.
    entropy[row] = Math.max(0, packed[from + 2 * k + 1]!)
  }
  return { length: rows, k, ids, logProbs, entropy }
}

/** TopK leaves the order of equal values open on a GPU; here the lower id comes first. */
function orderTies(ids: Int32Array, logProbs: Float32Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    for (let j = i; j > start && logProbs[j] === logProbs[j - 1] && ids[j]! < ids[j - 1]!; j--) {
      const lower = ids[j]!
      ids[j] = ids[j - 1]!
      ids[j - 1] = lower
    }
  }
}
