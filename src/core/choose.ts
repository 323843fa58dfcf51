import type { Prediction } from './prediction.ts'
import type { Random } from './random.ts'

/** How a token is taken from the candidates. */
export interface Sampling {
  readonly temperature: number
  readonly topK: number
}

/** What a position would take now, and how sure of it the model is. */
export interface Reading {
  readonly id: number
  /** Probability of `id` at temperature 1, whatever the sampling temperature was. */
  readonly probability: number
  /** p1 − p2 of the two most probable tokens that may stand here. */
  readonly margin: number
  /** Nats. */
  readonly entropy: number
}

/** `[k]` standard Gumbel numbers in float64: float32 hurts quality (arXiv 2409.02908). */
export function gumbelNoise(k: number, random: Random): Float64Array {
  return Float64Array.from({ length: k }, () => -Math.log(-Math.log(random.next())))
}

/** exp, kept a probability: a logarithm rounded to float32 may be a little above 0. */
function probabilityOf(logProb: number): number {
  return Math.min(1, Math.exp(logProb))
}

/** Probability of `id` at `row`; 0 when it is not among the candidates. */
export function probabilityAt({ k, ids, logProbs }: Prediction, row: number, id: number): number {
  const at = ids.subarray(row * k, (row + 1) * k).indexOf(id)
  return at < 0 ? 0 : probabilityOf(logProbs[row * k + at]!)
}

/**
 * Chooses a token for `row`: the most probable allowed one, or with noise the Gumbel maximum of the first
 * `topK` allowed ones. Ties go to the lower id. Null when no candidate is allowed.
 *
 * @param noise `[k]` from `gumbelNoise`; null at temperature 0
 */
export function choose(
  { k, ids, logProbs, entropy }: Prediction,
  row: number,
  isAllowed: (id: number) => boolean,
  { temperature, topK }: Sampling,
  noise: Float64Array | null,
): Reading | null {
  let chosen = { id: -1, logProb: 0, score: -Infinity }
  let first = -Infinity
  let second = -Infinity
  let seen = 0
  for (let j = 0; j < k; j++) {
    const id = ids[row * k + j]!
    if (!isAllowed(id)) continue
    const logProb = logProbs[row * k + j]!
    // What cannot come is no candidate.
    if (logProb === -Infinity) continue
    if (logProb > first) [first, second] = [logProb, first]
    else if (logProb > second) second = logProb
    seen++
    if (noise !== null && seen > topK) continue
    const score = noise === null ? logProb : logProb / temperature + noise[j]!
    const wins = score > chosen.score || (score === chosen.score && id < chosen.id)
    if (chosen.id < 0 || wins) chosen = { id, logProb, score }
  }
  if (chosen.id < 0) return null
  return {
    id: chosen.id,
    probability: probabilityOf(chosen.logProb),
    margin: probabilityOf(first) - probabilityOf(second),
    entropy: entropy[row]!,
  }
}
