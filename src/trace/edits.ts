import { canvasAt } from './canvas.ts'
import type { EditChange, Trace } from './trace.ts'

/** Edits that can be made to a run at a step, or a sentence that says why not. */
export type Edited = readonly EditChange[] | string

/** Positions [first, last], both included. */
export type Range = readonly [first: number, last: number]

/** What a person holds from now on: what stands there, or what was guessed. */
export function pinned(trace: Trace, [first, last]: Range): Edited {
  const { positions } = canvasAt(trace, trace.steps.length)
  const changes: EditChange[] = []
  for (let position = first; position <= last; position++) {
    const id = positions[position]?.id ?? guessOf(trace, position)
    if (id === null) {
      return `Nothing stands or is guessed at position ${position + 1}: replace it with a text of your own.`
    }
    if (id === trace.header.vocabulary.end && hasContentBehind(trace, last)) {
      return `Position ${position + 1} is guessed to be the end of the answer, and words stand behind it: replace it with a text of your own.`
    }
    changes.push({ position, id, how: 'pinned' })
  }
  return changes
}

/** Positions that are open again. */
export function maskedAgain(trace: Trace, [first, last]: Range): Edited {
  const { decoder, vocabulary } = trace.header
  if (decoder === 'autoregressive' || vocabulary.mask === null) {
    return 'It reads from the left only and has no masks: replace a token, and it goes on behind it.'
  }
  const { positions } = canvasAt(trace, trace.steps.length)
  const changes: EditChange[] = []
  for (let position = first; position <= last; position++) {
    if (positions[position]?.kind === 'given') return `Position ${position + 1} was given and stays.`
    if (positions[position]?.id != null) changes.push({ position, id: vocabulary.mask, how: 'masked' })
  }
  return changes.length > 0 ? changes : 'Nothing stands there yet: it is masked already.'
}

/**
 * Tokens in place of what stands at a range. One position takes as many behind it as they need; a longer range is filled
 * from its start, and what is left of it is masked. Ends of the answer in front of them are masked again.
 *
 * @param text what the tokens spell, for the sentence where they don't fit
 */
export function replaced(trace: Trace, [first, last]: Range, ids: readonly number[], text: string): Edited {
  const { decoder, vocabulary, canvas } = trace.header
  const isWritten = decoder === 'autoregressive'
  const room = last > first && !isWritten ? last - first + 1 : positionsIn(trace) - first
  const count = ids.length === 1 ? '1 token' : `${ids.length} tokens`
  if (ids.length === 0) return 'Type a text to put there.'
  if (ids.length > room) {
    return last > first && !isWritten
      ? `“${text}” takes ${count}, and you chose ${room} positions: choose more, or a shorter text.`
      : `“${text}” takes ${count}, and from here to the end there ${room === 1 ? 'is 1 position' : `are ${room} positions`}: begin further left, or take a shorter text.`
  }
  if (ids.some((id) => id === vocabulary.mask || vocabulary.suppressed.includes(id))) {
    return `“${text}” holds a sign that the model never writes: take another text.`
  }
  const behind = Math.max(last, first + ids.length - 1)
  const given = canvas?.given.find((position) => position >= first && position <= behind)
  if (given !== undefined) return `Position ${given + 1} was given and stays: take a shorter text.`
  const isEnd = ids.includes(vocabulary.end)
  if (isEnd && hasContentBehind(trace, behind)) {
    return 'Words stand behind it: mask those again before you end the answer here.'
  }
  if (isEnd && first === 0) return 'No answer is empty: end it further right.'
  const changes = ids.map((id, at): EditChange => ({ position: first + at, id, how: 'replaced' }))
  if (isWritten || vocabulary.mask === null) return changes
  const { positions } = canvasAt(trace, trace.steps.length)
  const { mask, end } = vocabulary
  const again = (position: number): EditChange => ({ position, id: mask, how: 'masked' })
  const rest = positions.flatMap(({ id }, position) => {
    const isLeft = position >= first + ids.length && position <= last && id !== null
    const isEndBefore = !isEnd && position < first && id === end
    return isLeft || isEndBefore ? [again(position)] : []
  })
  return [...changes, ...rest]
}

function positionsIn(trace: Trace): number {
  const { header, steps } = trace
  return header.decoder === 'autoregressive'
    ? header.settings.answerLength
    : canvasAt(trace, steps.length).positions.length
}

/** What the last pass guessed at a position; null where it read nothing there. */
function guessOf({ header, steps }: Trace, position: number): number | null {
  const last = steps.findLast(({ edit }) => !edit)
  const row = last?.positions.indexOf(position) ?? -1
  const id = last?.guesses[row]
  return id === undefined || id === header.vocabulary.mask ? null : id
}

/** Whether anything but ends and masks stands behind a position. */
function hasContentBehind(trace: Trace, position: number): boolean {
  const { end } = trace.header.vocabulary
  return canvasAt(trace, trace.steps.length)
    .positions.slice(position + 1)
    .some(({ id }) => id !== null && id !== end)
}

/** The step at which an autoregressive run stood in front of a position, and the tokens up to there that it lacks. */
export function inFrontOf(
  trace: Trace,
  position: number,
): { readonly step: number; readonly changes: readonly EditChange[] } {
  let step = 0
  while (step < trace.steps.length && canvasAt(trace, step + 1).positions.length <= position) step++
  const from = canvasAt(trace, step).positions.length
  const written = canvasAt(trace, trace.steps.length).positions.slice(from, position)
  return {
    step,
    changes: written.flatMap(({ id }, at) =>
      id === null ? [] : [{ position: from + at, id, how: 'replaced' as const }],
    ),
  }
}
