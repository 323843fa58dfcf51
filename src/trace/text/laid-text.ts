import { canvasAt, type Past } from '../canvas.ts'
import { cellTexts } from '../decode-pieces.ts'
import type { Frame } from '../frame.ts'
import { frameAt } from '../frame-at.ts'
import { isText } from '../knowledge.ts'
import type { Pieces } from '../pieces.ts'
import type { EditChange, Trace, TraceVocabulary } from '../trace.ts'
import { coreOf, isRightToLeft, textPlaces, type TextPlace } from './text-places.ts'

/** A place of a text with all that it has to hold while a run is replayed. */
interface LaidPlace extends TextPlace {
  /**
   * What a mark of this place holds, in order of time: the cores of tokens that were accepted here after one another.
   * Each but the first stands beside the one before it. Where nothing was accepted, the likeliest guess.
   */
  readonly held: readonly string[]
  /** Whether a token stands here that has a text of its own, or none at all: an open place has neither. */
  readonly kind: 'token' | 'end' | 'open'
}

/** Where every place of a text stands. */
export interface LaidText {
  readonly places: readonly LaidPlace[]
  readonly rightToLeft: boolean
}

/** Whether all places are known: then the lines are laid out once, and nothing moves from the first step to the last. */
export function isStill({ status, steps }: Trace): boolean {
  return status !== 'running' && !steps.some(({ splices }) => splices !== undefined)
}

/**
 * The text that a lane is laid out by. Of a run that has ended, its last one; while it grows, what stands so far and the
 * likeliest guess of every other place. That is room, and no claim: what is drawn in it is `frameAt`.
 *
 * @param step counts only where the number of positions changes within the run
 * @param changes what a person puts there, for which there is room, too
 */
export function laidText(
  trace: Trace,
  pieces: Pieces,
  step: number,
  changes: readonly EditChange[] = [],
): LaidText {
  const { header, steps } = trace
  const at = isStill(trace) || trace.status === 'running' ? steps.length : step
  const frame = frameAt(trace, at, 0)
  const before = likeliest(frame, trace)
  const { vocabulary } = header
  const ids = [...before]
  for (const { position, id } of changes) {
    while (ids.length < position) ids.push(null)
    if (id !== vocabulary.mask) ids[position] = id
  }
  const texts = cellTexts(ids, pieces, vocabulary)
  const standing = canvasAt(trace, at).positions
  const drafts = isText(header.knowledge)
  const places = textPlaces(texts).map((place, position): LaidPlace => {
    const id = ids[position] ?? null
    const held = drafts ? [] : heldOf(standing[position]?.history ?? [], vocabulary, pieces)
    const old = before[position] ?? null
    if (old !== null && old !== id && old !== vocabulary.end) {
      held.push(coreOf(cellTexts([old], pieces, vocabulary)[0]!), place.core)
    }
    return {
      ...place,
      held: held.length > 1 ? held : [place.core],
      // Ends behind the first are no word.
      breakable: place.breakable || (id === vocabulary.end && ids[position - 1] === id),
      kind: id === null ? 'open' : id === vocabulary.end ? 'end' : 'token',
    }
  })
  return { places, rightToLeft: isRightToLeft(texts.join('')) }
}

/** The token of every place, and where none stands the one that the last pass would put there. */
function likeliest({ cells }: Frame, { header, steps }: Trace): (number | null)[] {
  const ids = cells.map(({ id }) => id)
  const last = steps.at(-1)
  last?.positions.forEach((position, row) => {
    const guess = last.guesses[row]!
    if (ids[position] === null && guess !== header.vocabulary.mask) ids[position] = guess
  })
  return ids
}

/** Cores of the tokens that were accepted at a position, one after another, each different from the one before. */
function heldOf(history: readonly Past[], { mask, end }: TraceVocabulary, pieces: Pieces): string[] {
  if (history.length < 2) return []
  const ids = history
    .filter(({ commit: { id, reason } }) => id !== mask && id !== end && reason.rule !== 'noise')
    .map(({ commit: { id } }) => id)
  return ids
    .filter((id, at) => id !== ids[at - 1])
    .map((id) => coreOf(cellTexts([id], pieces, { mask, end })[0]!))
}

/** Text beside a mark that it took the place of is smaller than the mark's own. */
const BEFORE_SIZE = 0.8
/** Between the two, and around a mark, in the text's size. */
const BEFORE_GAP = 0.3
/** Widths of marks that hold no text, in the text's size. */
const OPEN = 2
const FIRST_END = 2.5
const END = 0.24
const BARE = 0.22

/** A mark's width in units of the text's size. */
export type WidthOf = (text: string, code: boolean) => number

/** Room that every place of a text needs, so that it holds all that it ever holds, in units of the text's size. */
export function roomOf({ places }: LaidText, widthOf: WidthOf): number[] {
  return places.map(({ kind, held, code, core }, position) => {
    if (kind === 'end') return places[position - 1]?.kind === 'end' ? END : FIRST_END
    if (kind === 'open') return OPEN
    const widths = held.map((text) => widthOf(text, code))
    const most = widths.map((width, at) =>
      at === 0 ? width : width + BEFORE_GAP + BEFORE_SIZE * widths[at - 1]!,
    )
    return Math.max(core === '' ? BARE : 0, ...most)
  })
}
