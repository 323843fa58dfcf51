import type { Commit, CommitReason } from '../core/step-event.ts'
import type { TraceStep } from './trace.ts'

/** A token that came to stand at a position, with what is known of it. */
export interface Change {
  readonly position: number
  readonly id: number
  /** NaN where it is not known. */
  readonly probability: number
}

const UNKNOWN: CommitReason = { rule: 'unknown' }
const TAKEN_BACK: CommitReason = { rule: 'taken-back' }

/**
 * A step that is known by its changes alone: nothing is known of what was read, so it has no rows, and ranks only
 * number the changes.
 */
export function stepOfChanges(
  step: number,
  changes: readonly Change[],
  canvas: readonly number[],
  mask: number,
): TraceStep {
  const commits = changes.map(({ position, id, probability }, at): Commit => ({
    position,
    id,
    previous: canvas[position]!,
    probability,
    rank: at + 1,
    reason: id === mask ? TAKEN_BACK : UNKNOWN,
  }))
  return {
    step,
    at: 0,
    passMs: 0,
    block: [0, canvas.length],
    positions: new Int32Array(),
    k: 1,
    ids: new Int32Array(),
    logProbs: new Float32Array(),
    entropy: new Float32Array(),
    guesses: new Int32Array(),
    confidence: new Float32Array(),
    commits,
  }
}
