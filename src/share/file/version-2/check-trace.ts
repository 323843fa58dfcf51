import { checkSettings } from '../../../core/check-settings.ts'
import type { Trace, TraceHeader, TraceStep } from '../../../trace/trace.ts'
import { LIMITS } from '../../limits.ts'

/** What is wrong with a run beyond its shape, as a path in its lane's `run` and a sentence; null if nothing. */
export function checkTrace({ header, steps }: Trace, inherited: number): string | null {
  const complaint = checkHeader(header)
  if (complaint !== null) return `header.${complaint}`
  if (steps.length > LIMITS.steps) return `steps: a run has at most ${LIMITS.steps}`
  let length = header.canvas?.ids.length ?? header.settings.answerLength
  let before = 0
  let commits = 0
  for (const [index, step] of steps.entries()) {
    const path = index < inherited ? `inherited step ${index + 1}` : `steps.${index - inherited}`
    if (step.at < before) return `${path}.at: time runs backwards`
    const wrong = checkStep(step, length, header.vocabulary.size)
    if (wrong !== null) return `${path}.${wrong}`
    length = lengthAfter(step, length)
    before = step.at
    commits += step.commits.length
  }
  if (commits > LIMITS.commits) return `steps: a run has at most ${LIMITS.commits} commits`
  return checkOrder(header, steps, inherited)
}

function checkHeader({ settings, vocabulary, canvas }: TraceHeader): string | null {
  const complaint = checkSettings(settings)[0]
  if (complaint !== undefined) return `settings: ${complaint}`
  const { mask, end, size } = vocabulary
  if ((mask ?? 0) >= size || end >= size) return 'vocabulary: the mask and the end must be below the size'
  if (canvas === undefined) return null
  const { ids, given } = canvas
  if (ids.length === 0 || ids.length > LIMITS.positions) {
    return `canvas.ids: there must be from 1 to ${LIMITS.positions}`
  }
  if (ids.some((id) => id >= size)) return 'canvas.ids: they must be below the size of the vocabulary'
  if (!rise(given, ids.length)) return 'canvas.given: they must rise and lie on the canvas'
  return null
}

/** Whether positions rise and lie below a length. */
function rise(positions: ArrayLike<number>, length: number): boolean {
  for (let at = 0; at < positions.length; at++) {
    if (positions[at]! <= (positions[at - 1] ?? -1) || positions[at]! >= length) return false
  }
  return true
}

function lengthAfter({ splices = [] }: TraceStep, length: number): number {
  return splices.reduce((sum, { removed, inserted }) => sum + inserted - removed, length)
}

function checkStep(step: TraceStep, length: number, size: number): string | null {
  const { positions, ids, guesses, commits, edit, splices = [], block } = step
  if (edit && positions.length > 0) return 'positions: an edit reads nothing'
  if (!rise(positions, length)) return 'positions: they must rise and lie in the answer'
  if (ids.some((id) => id >= size)) return 'ids: they must be below the size of the vocabulary'
  if (guesses.some((id) => id >= size)) return 'guesses: they must be below the size of the vocabulary'
  let now = length
  for (const [at, splice] of splices.entries()) {
    const rest = now - splice.removed
    if (splice.at > rest || rest + splice.inserted > LIMITS.positions || rest + splice.inserted < 1) {
      return `splices.${at}: it must lie in the answer and leave from 1 to ${LIMITS.positions} positions`
    }
    now = rest + splice.inserted
  }
  if (block[0] >= block[1] || block[1] > Math.max(length, now)) {
    return 'block: it must be a stretch of the answer'
  }
  const stray = commits.findIndex(
    ({ position, id, previous }) => position >= now || id >= size || previous >= size,
  )
  return stray < 0 ? null : `commits.${stray}: it lies outside the answer or the vocabulary`
}

/** A run of our own that writes from left to right commits one position a pass; without edits, the next that is open. */
function checkOrder(
  { decoder, knowledge, canvas, vocabulary }: TraceHeader,
  steps: readonly TraceStep[],
  inherited: number,
): string | null {
  if (decoder !== 'autoregressive' || knowledge.steps !== 'pass') return null
  const edited = steps.some(({ edit }) => edit)
  const open = canvas && [...canvas.ids.keys()].filter((position) => canvas.ids[position] === vocabulary.mask)
  const stray = steps.findIndex(
    ({ edit, commits }, at) =>
      !edit && (commits.length !== 1 || (!edited && commits[0]!.position !== (open ? open[at] : at))),
  )
  return stray < inherited
    ? null
    : `steps.${stray - inherited}.commits: an autoregressive step commits the next position`
}
