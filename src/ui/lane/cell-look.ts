import { cellTexts } from '../../trace/decode-pieces.ts'
import type { Cell, CellState, Frame } from '../../trace/frame.ts'
import { isText } from '../../trace/knowledge.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { TraceHeader } from '../../trace/trace.ts'
import { percent } from '../numbers.ts'

/** All that is drawn of a position, and all that a listener is told of it. */
export interface CellLook {
  readonly state: CellState
  readonly text: string
  /** Whether it is, or is guessed to be, an end of sequence: that has no text. */
  readonly isEnd: boolean
  /** What stood here before a revision; empty otherwise. */
  readonly before: string
  readonly confidence: number | undefined
  readonly committedAt: number | undefined
  readonly fresh: boolean
  /** Whether a person holds it. */
  readonly held: boolean
}

/** What every position of a frame looks like. */
export function cellLooks(
  { cells }: Frame,
  pieces: Pieces,
  { vocabulary, knowledge }: TraceHeader,
): CellLook[] {
  const texts = cellTexts(
    cells.map(({ id }) => id),
    pieces,
    vocabulary,
  )
  // Words leave no room for the ones before them; those stand in the explanation.
  const textBefore = (cell: Cell) =>
    cell.state !== 'revised' || cell.before === undefined || isText(knowledge)
      ? ''
      : cellTexts([cell.before], pieces, vocabulary)[0]!
  return cells.map((cell, at) => {
    const { id, state, confidence, committedAt, fresh, pinned } = cell
    return {
      state,
      text: texts[at]!,
      isEnd: id === vocabulary.end,
      before: textBefore(cell),
      confidence,
      committedAt,
      fresh,
      held: pinned,
    }
  })
}

export function isSameLook(one: CellLook, other: CellLook): boolean {
  return (
    one.state === other.state &&
    one.text === other.text &&
    one.confidence === other.confidence &&
    one.committedAt === other.committedAt &&
    one.fresh === other.fresh &&
    one.held === other.held &&
    one.isEnd === other.isEnd &&
    one.before === other.before
  )
}

/** A cell in words. */
export function describeCell(position: number, look: CellLook): string {
  const { state, text, isEnd, confidence, committedAt, held } = look
  const place = `Position ${position + 1}`
  if (state === 'masked') return `${place}, masked`
  const sure = confidence === undefined ? '' : `, ${percent(confidence)}`
  const token = isEnd
    ? 'end of answer'
    : text === ''
      ? 'token without text'
      : text.trim() === ''
        ? JSON.stringify(text)
        : text.trim()
  const what = state === 'end' ? token : `${state} ${token}`
  const when = committedAt === undefined ? '' : `, step ${committedAt}`
  return `${place}, ${what}${held ? ', held by you' : ''}${sure}${when}`
}
