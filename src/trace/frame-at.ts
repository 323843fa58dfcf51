import { canvasAt, type Past, type Standing } from './canvas.ts'
import type { Cell, CellState, Frame } from './frame.ts'
import type { Trace, TraceHeader, TraceStep } from './trace.ts'

/** Least probability of a guess that is drawn: above it a guess is right about two times in three. */
export const GUESS_FLOOR = 0.25

/**
 * All that a view draws at a playhead: what the steps up to it left on the canvas, and at the masked positions
 * what its own forward pass guessed. An autoregressive frame, and one of a service's text, hold only the positions
 * written so far. Pure.
 *
 * @param step 0 stands before the first step; beyond the trace, its nearest step is taken
 * @param floor least probability of a guess that is drawn
 */
export function frameAt(trace: Trace, step: number, floor = GUESS_FLOOR): Frame {
  const { header, steps } = trace
  const { step: at, positions } = canvasAt(trace, step)
  const guesses = guessesOf(steps[at - 1], header.vocabulary.mask, floor)
  let masked = 0
  let committed = 0
  const cells = positions.map((standing, position): Cell => {
    if (standing.kind === 'masked') {
      masked++
      const open = guesses.get(position) ?? {
        position,
        state: 'masked',
        id: null,
        fresh: false,
        pinned: false,
      }
      return standing.history.length === 0 ? open : { ...open, ...takenBack(standing.history, at, header) }
    }
    if (standing.kind === 'accepted') committed++
    return cellOf(standing, position, at, header)
  })
  return { step: at, cells, masked, committed }
}

function cellOf(
  { id, kind, pinned, history }: Standing,
  position: number,
  at: number,
  header: TraceHeader,
): Cell {
  const last = history.at(-1)
  if (kind === 'given' || last === undefined) {
    return { position, state: kind === 'given' ? 'given' : 'draft', id, fresh: false, pinned }
  }
  const { step, commit } = last
  const known = Number.isNaN(commit.probability) ? {} : { confidence: commit.probability }
  const cell = { position, id, ...known, fresh: step === at, pinned }
  const rejected = step === at && history.length + (header.canvas === undefined ? 0 : 1) > 1
  if (kind === 'draft') return { ...cell, state: 'draft', ...(rejected && { rejected }) }
  const before = acceptedBefore(history, header)
  const state: CellState = id === header.vocabulary.end ? 'end' : before === null ? 'committed' : 'revised'
  const { rule } = commit.reason
  const wrote = history
    .slice(0, -1)
    .some((past) => past.commit.id === id && past.commit.reason.rule !== 'noise')
  const edit =
    rule === 'pinned' || rule === 'replaced' ? { edit: rule, ...(wrote && { wrote: true as const }) } : {}
  return { ...cell, state, committedAt: step, ...edit, ...(before !== null && { before }) }
}

/** What is told of a place that holds no token any more. */
function takenBack(
  history: readonly Past[],
  at: number,
  { vocabulary }: TraceHeader,
): Pick<Cell, 'again' | 'fresh' | 'before'> {
  const before = history.findLast(
    ({ commit }) => commit.id !== vocabulary.mask && commit.reason.rule !== 'noise',
  )?.commit.id
  return {
    again: true,
    fresh: history.at(-1)!.step === at,
    ...(before !== undefined && { before }),
  }
}

/** The token that was accepted here before the last commit, if it is another one. */
function acceptedBefore(history: readonly Past[], { vocabulary }: TraceHeader): number | null {
  if (history.length === 1) return null
  const earlier = history
    .slice(0, -1)
    .findLast(({ commit }) => commit.id !== vocabulary.mask && commit.reason.rule !== 'noise')?.commit.id
  return earlier === undefined || earlier === history.at(-1)!.commit.id ? null : earlier
}

/** The guesses of one forward pass that are probable enough to be drawn, by position. */
function guessesOf(step: TraceStep | undefined, mask: number | null, floor: number): Map<number, Cell> {
  const cells = new Map<number, Cell>()
  step?.positions.forEach((position, row) => {
    const id = step.guesses[row]!
    const confidence = step.confidence[row]!
    if (id === mask || confidence < floor) return
    cells.set(position, { position, state: 'guess', id, confidence, fresh: false, pinned: false })
  })
  return cells
}
