import type { Commit, StepEvent } from '../../core/step-event.ts'

type Rows = Pick<StepEvent, 'positions' | 'k' | 'ids' | 'logProbs' | 'entropy' | 'guesses' | 'confidence'>

/** What was read at one position, and how sure it was of it. */
export interface Reading {
  readonly position: number
  readonly id: number
  /** NaN where it is not known. */
  readonly probability: number
}

/**
 * Rows of what is known of a step, by rising position: each token is its position's one candidate (k = 1). The entropy
 * is NaN: it is not known.
 */
export function rowsOf(readings: readonly Reading[]): Rows {
  const rows = readings.toSorted((a, b) => a.position - b.position)
  const ids = Int32Array.from(rows, ({ id }) => id)
  return {
    positions: Int32Array.from(rows, ({ position }) => position),
    k: 1,
    ids,
    // Half a 255th stands for a probability that was rounded to 0, whose logarithm must stay finite.
    logProbs: Float32Array.from(rows, ({ probability }) => Math.log(Math.max(probability || 0, 0.5 / 255))),
    entropy: new Float32Array(rows.length).fill(NaN),
    guesses: ids,
    confidence: Float32Array.from(rows, ({ probability }) => probability),
  }
}

/** The rows of a step that is known by its commits: those whose probability is known. */
export function rowsOfCommits(commits: readonly Commit[]): Rows {
  return rowsOf(commits.filter(({ probability }) => !Number.isNaN(probability)))
}
