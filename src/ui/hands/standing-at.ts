import type { Draft } from '../../store/hands.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { EditChange, Trace } from '../../trace/trace.ts'

/** A run at a step, with what a person has changed there. */
export interface StandingRun {
  readonly trace: Trace
  readonly pieces: Pieces
  readonly step: number
  readonly changes: readonly EditChange[]
}

const NONE: readonly EditChange[] = []

/** What is drawn of a lane at a step: the run itself, or where nobody has gone on from edits yet, the run with these. */
export function standingAt(
  { trace, pieces }: { readonly trace: Trace; readonly pieces: Pieces },
  step: number,
  draft: Draft | undefined,
): StandingRun {
  if (draft === undefined || draft.step !== step || draft.changes.length === 0) {
    return { trace, pieces, step, changes: NONE }
  }
  return { trace: draft.trace, pieces: draft.pieces, step: draft.trace.steps.length, changes: draft.changes }
}
