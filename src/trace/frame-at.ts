import type { Commit } from '../core/step-event.ts'
import type { Cell, CellState, Frame } from './frame.ts'
import { clampStep } from './playhead.ts'
import type { Trace, TraceStep } from './trace.ts'

/** Least probability of a guess that is drawn: above it a guess is right about two times in three. */
export const GUESS_FLOOR = 0.25

interface Decision {
  readonly commit: Commit
  readonly step: number
}

/**
 * All that a view draws at a playhead: what the steps up to it committed, and at the masked positions what
 * its own forward pass guessed. An autoregressive frame, and one of a service's text, hold only the positions
 * written so far. Pure.
 *
 * @param step 0 stands before the first step; beyond the trace, its nearest step is taken
 * @param floor least probability of a guess that is drawn
 */
export function frameAt(trace: Trace, step: number, floor = GUESS_FLOOR): Frame {
  const { header, steps } = trace
  const at = clampStep(trace, step)
  const decisions = new Map<number, Decision>()
  for (const past of steps.slice(0, at)) {
    for (const commit of past.commits) {
      if (commit.id === header.vocabulary.mask) decisions.delete(commit.position)
      else decisions.set(commit.position, { commit, step: past.step })
    }
  }
  const length =
    header.record !== undefined
      ? 1 + Math.max(-1, ...decisions.keys())
      : header.decoder === 'diffusion'
        ? header.settings.answerLength
        : decisions.size
  const guesses = guessesOf(steps[at - 1], header.vocabulary.mask, floor)
  const cells = Array.from({ length }, (_, position): Cell => {
    const decision = decisions.get(position)
    if (decision !== undefined) return committedCell(decision, at, header.vocabulary)
    return guesses.get(position) ?? { position, state: 'masked', id: header.vocabulary.mask, fresh: false }
  })
  return { step: at, cells, masked: length - decisions.size, committed: decisions.size }
}

function committedCell(
  { commit, step }: Decision,
  playhead: number,
  { mask, end }: { readonly mask: number; readonly end: number },
): Cell {
  const { position, id, probability, previous } = commit
  const state: CellState = id === end ? 'end' : previous === mask ? 'committed' : 'revised'
  const known = Number.isNaN(probability) ? {} : { confidence: probability }
  return { position, state, id, ...known, committedAt: step, fresh: step === playhead }
}

/** The guesses of one forward pass that are probable enough to be drawn, by position. */
function guessesOf(step: TraceStep | undefined, mask: number, floor: number): Map<number, Cell> {
  const cells = new Map<number, Cell>()
  step?.positions.forEach((position, row) => {
    const id = step.guesses[row]!
    const confidence = step.confidence[row]!
    if (id === mask || confidence < floor) return
    cells.set(position, { position, state: 'guess', id, confidence, fresh: false })
  })
  return cells
}
