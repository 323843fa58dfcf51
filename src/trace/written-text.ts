import { cellTexts } from './decode-pieces.ts'
import { frameAt } from './frame-at.ts'
import { passesAt } from './passes-at.ts'
import { passesInAll } from './passes-in-all.ts'
import type { Pieces } from './pieces.ts'
import type { Trace } from './trace.ts'

/** A finished answer and the order in which it was written. */
export interface WrittenText {
  /** Forward passes of the whole run. */
  readonly passes: number
  /** Every token's text and the pass that committed it, from 1; 0 where it was given. Ends are left out. */
  readonly places: readonly (readonly [text: string, pass: number])[]
}

export function writtenText(trace: Trace, pieces: Pieces): WrittenText {
  const { vocabulary } = trace.header
  const { cells } = frameAt(trace, trace.steps.length, Infinity)
  const texts = cellTexts(
    cells.map(({ id }) => id),
    pieces,
    vocabulary,
  )
  const places = cells.map(({ id, committedAt }, at) => ({
    isEnd: id === vocabulary.end,
    place: [texts[at]!, committedAt === undefined ? 0 : Math.max(1, passesAt(trace, committedAt))] as const,
  }))
  return {
    passes: passesInAll(trace),
    places: places.filter(({ isEnd }) => !isEnd).map(({ place }) => place),
  }
}
