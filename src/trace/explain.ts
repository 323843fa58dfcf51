import { canvasAt, type Past } from './canvas.ts'
import { cellTexts } from './decode-pieces.ts'
import { guessChangesAt } from './guess-changes.ts'
import type { Pieces } from './pieces.ts'
import { clampStep } from './playhead.ts'
import { whyCommitted, whyWaiting } from './sentence.ts'
import type { Trace } from './trace.ts'

interface Candidate {
  readonly id: number
  /** At temperature 1. */
  readonly probability: number
  readonly text: string
}

/** Why a position shows what it shows. */
export interface Explanation {
  /** Most probable first. */
  readonly candidates: readonly Candidate[]
  /** Probability of all tokens that are not among the candidates. */
  readonly tail: number
  /** Nats. */
  readonly entropy: number
  /** Step of the commit that stands; null while nothing does. */
  readonly committedAt: number | null
  /** How often the position's guess has changed so far. */
  readonly guessChanges: number
  readonly sentence: string
}

/**
 * Explains a position at a playhead by what the model said of it: in the step that committed what stands there, or
 * in the playhead's own step while nothing does. Null where nothing was read: before the first step, beyond what
 * an autoregressive run has written, where a person or a template put the token.
 */
export function explain(trace: Trace, step: number, position: number, pieces: Pieces): Explanation | null {
  const at = clampStep(trace, step)
  const seen = trace.steps.slice(0, at)
  const standing = canvasAt(trace, at).positions[position]
  const decision = standing?.kind === 'accepted' ? standing.history.at(-1) : undefined
  // Nobody reads anything in an edit: what the pass before it said still holds where nothing stands.
  const reading = decision === undefined ? seen.findLast(({ edit }) => !edit) : seen[decision.step - 1]
  const row = reading?.positions.indexOf(position) ?? -1
  if (reading === undefined || row < 0) return null

  const { vocabulary } = trace.header
  const candidates = Array.from({ length: reading.k }, (_, j): Candidate => {
    const at = row * reading.k + j
    const id = reading.ids[at]!
    const probability = Math.min(1, Math.exp(reading.logProbs[at]!))
    return { id, probability, text: cellTexts([id], pieces, vocabulary)[0]! }
  })
  return {
    candidates,
    tail: Math.max(0, 1 - candidates.reduce((sum, { probability }) => sum + probability, 0)),
    entropy: reading.entropy[row]!,
    committedAt: decision?.step ?? null,
    guessChanges: guessChangesAt(trace.steps, at)(position),
    sentence: decision
      ? whyCommitted(trace.header, reading, decision.commit)
      : whyWaiting(trace.header, reading, row),
  }
}

/** All that was ever committed at a position up to a step, in order; what was taken back is a commit of the mask. */
export function historyOf(trace: Trace, step: number, position: number): readonly Past[] {
  return canvasAt(trace, step).positions[position]?.history ?? []
}
