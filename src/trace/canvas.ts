import type { Commit } from '../core/step-event.ts'
import { isText } from './knowledge.ts'
import { clampStep } from './playhead.ts'
import type { Trace, TraceHeader, TraceStep } from './trace.ts'

/** A commit with the step that made it. */
export interface Past {
  readonly step: number
  readonly commit: Commit
}

/** What stands at a position, and how it came there. */
export interface Standing {
  /** The token; null where nothing was decided yet. */
  readonly id: number | null
  /**
   * `masked`: nothing is decided; `given`: fixed from the start; `draft`: a token that was not accepted (a model
   * without a mask always holds some); `accepted`: committed.
   */
  readonly kind: 'masked' | 'given' | 'draft' | 'accepted'
  /** Whether a person holds it. */
  readonly pinned: boolean
  /** All that was committed here, in order, what was taken back included; the last one decides. */
  readonly history: readonly Past[]
}

/** What stands at every position after a step. */
export interface Canvas {
  /** 0 before the first. */
  readonly step: number
  readonly positions: readonly Standing[]
}

const MASKED: Standing = { id: null, kind: 'masked', pinned: false, history: [] }

/** Whether positions come into being when they are written: in autoregression and in a service's text. */
function isWritten({ decoder, knowledge }: TraceHeader): boolean {
  return decoder === 'autoregressive' || isText(knowledge)
}

/** The canvas before the first step. */
function startOf(header: TraceHeader): Standing[] {
  if (header.canvas !== undefined) {
    const given = new Set(header.canvas.given)
    return header.canvas.ids.map((id, position) => {
      if (given.has(position)) return { ...MASKED, id, kind: 'given' }
      return id === header.vocabulary.mask ? MASKED : { ...MASKED, id, kind: 'draft' }
    })
  }
  return isWritten(header) ? [] : new Array<Standing>(header.settings.answerLength).fill(MASKED)
}

function standing(before: Standing, step: number, commit: Commit, mask: number | null): Standing {
  const { id, reason } = commit
  const history = [...before.history, { step, commit }]
  if (id === mask) return { id: null, kind: 'masked', pinned: false, history }
  if (reason.rule === 'noise') return { id, kind: 'draft', pinned: false, history }
  return { id, kind: 'accepted', pinned: reason.rule === 'pinned' || reason.rule === 'replaced', history }
}

/** The positions after one more step. */
function applied(before: readonly Standing[], step: TraceStep, header: TraceHeader): readonly Standing[] {
  const { mask } = header.vocabulary
  if (step.commits.length === 0 && step.splices === undefined) return before
  const positions = [...before]
  for (const { at, removed, inserted } of step.splices ?? []) {
    positions.splice(at, removed, ...new Array<Standing>(inserted).fill(MASKED))
  }
  for (const commit of step.commits) {
    while (positions.length <= commit.position) positions.push(MASKED)
    positions[commit.position] = standing(positions[commit.position]!, step.step, commit, mask)
  }
  // A draft that became shorter masks the words behind it.
  if (isWritten(header) && header.canvas === undefined)
    while (positions.at(-1)?.kind === 'masked') positions.pop()
  return positions
}

/** Canvases of so many positions are kept of one trace at most, from one step to a later one. */
const KEPT_POSITIONS = 2 ** 18

/** What was folded of a run: its first canvas, its last one, and some between, so that a playhead can move both ways. */
interface Folded {
  steps: readonly TraceStep[]
  last: Canvas
  readonly kept: Map<number, readonly Standing[]>
}

/** A trace grows by new objects that share their header; folding it goes on where it stood. */
const folds = new WeakMap<TraceHeader, Folded>()

function foldOf({ header, steps }: Trace): Folded {
  const known = folds.get(header)
  // The same header with other steps is another run: one that was shared in two ways.
  if (known !== undefined && goesOn(known.steps, steps)) {
    if (steps.length < known.steps.length) cut(known, steps.length)
    known.steps = steps
    return known
  }
  const start = startOf(header)
  const folded: Folded = { steps, last: { step: 0, positions: start }, kept: new Map([[0, start]]) }
  folds.set(header, folded)
  return folded
}

/** Whether one is the beginning of the other. */
function goesOn(before: readonly TraceStep[], steps: readonly TraceStep[]): boolean {
  if (before === steps) return true
  for (let at = Math.min(before.length, steps.length) - 1; at >= 0; at--)
    if (before[at] !== steps[at]) return false
  return true
}

/** Forgets what lies beyond a step. */
function cut(folded: Folded, step: number): void {
  for (const known of folded.kept.keys()) if (known > step) folded.kept.delete(known)
  if (folded.last.step > step) folded.last = { step: 0, positions: folded.kept.get(0)! }
}

/**
 * What stands at every position at a playhead: the one fold of commits that everything which is drawn, measured or
 * explained reads. Positions that are masked again, revised, edited, or thrown anew keep their whole history.
 * Costs what changed since the step that was asked for before.
 *
 * @param step 0 stands before the first step; beyond the trace, its nearest step is taken
 */
export function canvasAt(trace: Trace, step: number): Canvas {
  const at = clampStep(trace, step)
  const folded = foldOf(trace)
  const { kept } = folded
  let from = folded.last
  if (from.step > at) {
    let nearest = 0
    for (const known of kept.keys()) if (known <= at && known > nearest) nearest = known
    from = { step: nearest, positions: kept.get(nearest)! }
  }
  const pause = Math.max(16, Math.ceil((from.positions.length * trace.steps.length) / KEPT_POSITIONS))
  let { positions } = from
  for (let next = from.step; next < at; next++) {
    positions = applied(positions, trace.steps[next]!, trace.header)
    if ((next + 1) % pause === 0) kept.set(next + 1, positions)
  }
  folded.last = { step: at, positions }
  return folded.last
}
