import { cellTexts } from '../../trace/decode-pieces.ts'
import { END } from '../../trace/differences.ts'
import type { Cell, CellState } from '../../trace/frame.ts'
import { guessChangesAt } from '../../trace/guess-changes.ts'
import { isText } from '../../trace/knowledge.ts'
import { passesAt } from '../../trace/passes-at.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'
import { percent } from '../numbers.ts'
import { frameNow } from './frame-now.ts'

/** How another lane is akin to this one. */
type Relation = 'parent' | 'fork'

/** What a lane that is akin ends with, by position; null where nothing was accepted. */
export interface Kin {
  readonly relation: Relation
  readonly ending: readonly (string | null)[]
}

/** All that is drawn of a position, in cells or as text, and all that a listener is told of it. */
export interface CellLook {
  readonly state: CellState
  readonly text: string
  /** Whether it is, or is guessed to be, an end of sequence: that has no text. */
  readonly isEnd: boolean
  /** What stood here before a revision, or before it was masked again; empty otherwise. */
  readonly before: string
  readonly confidence: number | undefined
  readonly committedAt: number | undefined
  /** The pass that committed it, from 1. */
  readonly order: number | undefined
  /** How often its guess has changed so far. */
  readonly changes: number
  readonly fresh: boolean
  /** Whether a person holds it. */
  readonly held: boolean
  /** Whether what it holds is another token than the model chose. */
  readonly replaced: boolean
  /** Whether it is fixed text behind the place that a decoder from the left writes at: not read yet. */
  readonly unseen: boolean
  /** Whether the model itself had written what a person holds. */
  readonly wrote: boolean
  /** Whether it is open again after a token was taken back. */
  readonly again: boolean
  /** Whether this pass refused what stood here. */
  readonly rejected: boolean
  /** Whether the lane that this one was made from ends with another token here, or a fork of this one does. */
  readonly differs: Relation | null
}

/** What every position of a trace looks like at a step. */
export function cellLooks(trace: Trace, step: number, pieces: Pieces, kin: readonly Kin[] = []): CellLook[] {
  const { vocabulary, knowledge } = trace.header
  const { cells, step: at } = frameNow(trace, step)
  const texts = cellTexts(
    cells.map(({ id }) => id),
    pieces,
    vocabulary,
  )
  const changes = guessChangesAt(trace.steps, at)
  const writesAt =
    trace.header.decoder === 'autoregressive' ? cells.findIndex((cell) => cell.id === null) : -1
  // Words leave no room for the ones before them; those stand in the explanation.
  const textBefore = ({ before, state, again }: Cell) =>
    before === undefined || isText(knowledge) || (state !== 'revised' && again === undefined)
      ? ''
      : cellTexts([before], pieces, vocabulary)[0]!
  return cells.map((cell, position) => {
    const {
      id,
      state,
      confidence,
      committedAt,
      fresh,
      pinned,
      again = false,
      rejected = false,
      edit,
      wrote = false,
    } = cell
    const text = texts[position]!
    return {
      state,
      text,
      isEnd: id === vocabulary.end,
      before: textBefore(cell),
      confidence,
      committedAt,
      order: committedAt === undefined ? undefined : Math.max(1, passesAt(trace, committedAt)),
      changes: changes(position),
      fresh,
      held: pinned,
      replaced: edit === 'replaced',
      wrote,
      unseen: state === 'given' && writesAt >= 0 && position > writesAt,
      again,
      rejected,
      differs:
        committedAt === undefined ? null : differing(kin, position, id === vocabulary.end ? END : text),
    }
  })
}

function differing(kin: readonly Kin[], position: number, text: string): Relation | null {
  for (const { relation, ending } of kin) {
    const other = ending[position] ?? null
    if (other !== null && other !== text) return relation
  }
  return null
}

const FIELDS: readonly (keyof CellLook)[] = [
  'state',
  'text',
  'confidence',
  'committedAt',
  'order',
  'fresh',
  'changes',
  'held',
  'replaced',
  'wrote',
  'unseen',
  'isEnd',
  'before',
  'again',
  'rejected',
  'differs',
]

export function isSameLook(one: CellLook, other: CellLook): boolean {
  return FIELDS.every((field) => one[field] === other[field])
}

const DIFFERS: Readonly<Record<Relation, string>> = {
  parent: ', not as in the lane it was made from',
  fork: ', not as in its fork',
}

/** A cell in words. */
export function describeCell(position: number, look: CellLook): string {
  const { state, text, isEnd, confidence, committedAt, held, again, rejected, differs, unseen } = look
  const place = `Position ${position + 1}`
  const open = again ? ' again' : ''
  if (state === 'masked') return `${place}, masked${open}`
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
  const also = [
    ...(again ? [', masked again'] : []),
    ...(rejected ? [', the draft before it was refused'] : []),
    ...(unseen ? [', not read yet'] : []),
    ...(held ? [', held by you'] : []),
    ...(differs ? [DIFFERS[differs]] : []),
  ]
  return `${place}, ${what}${also.join('')}${sure}${when}`
}
