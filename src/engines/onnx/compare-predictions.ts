import type { Prediction } from '../../core/prediction.ts'

/**
 * How far a prediction is from what it should be: the largest difference of log-probabilities and
 * entropies, in nats. Infinite where a number is none or a probable candidate is missing.
 *
 * @param leastLogProb less probable candidates are noise, and so is their order
 */
export function predictionDistance(got: Prediction, expected: Prediction, leastLogProb = -7): number {
  if (got.length !== expected.length) return Infinity
  let distance = 0
  const widen = (difference: number) => {
    distance = Math.max(distance, Number.isFinite(difference) ? Math.abs(difference) : Infinity)
  }
  for (let row = 0; row < expected.length; row++) {
    widen(got.entropy[row]! - expected.entropy[row]!)
    const ids = got.ids.subarray(row * got.k, (row + 1) * got.k)
    const least = got.logProbs[(row + 1) * got.k - 1]!
    if (!Number.isFinite(least)) return Infinity
    for (let j = 0; j < expected.k; j++) {
      const wanted = expected.logProbs[row * expected.k + j]!
      if (wanted < leastLogProb) break
      const place = ids.indexOf(expected.ids[row * expected.k + j]!)
      // The last candidates may have changed places with ones that did not make the list.
      widen(place < 0 ? Math.max(0, wanted - least) : got.logProbs[row * got.k + place]! - wanted)
    }
  }
  return distance
}
