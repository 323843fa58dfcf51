import { canvasAt } from './canvas.ts'
import { cellTexts } from './decode-pieces.ts'
import type { Pieces } from './pieces.ts'
import type { Trace } from './trace.ts'

/** A run with the text of its tokens. */
export interface Spelled {
  readonly trace: Trace
  readonly pieces: Pieces
}

/** How far a run ended otherwise than the one that it was made from. */
export interface Differences {
  /** Positions at which both hold a token. */
  readonly of: number
  /** Where those differ, by their text. */
  readonly differ: number
  /** Of these, where a person put the token. */
  readonly yours: number
}

/** Stands for an end of sequence, which has no text; no token is written like this. */
export const END = '\u0000end'

const ends = new WeakMap<Trace, readonly (string | null)[]>()

/** What a run ends with, by position: the text of its token, null where none was accepted. */
export function endingOf({ trace, pieces }: Spelled): readonly (string | null)[] {
  const known = ends.get(trace)
  if (known !== undefined) return known
  const { vocabulary } = trace.header
  const { positions } = canvasAt(trace, trace.steps.length)
  const ids = positions.map(({ id, kind }) => (kind === 'masked' || kind === 'draft' ? null : id))
  const texts = cellTexts(ids, pieces, vocabulary)
  const ending = ids.map((id, at) => (id === null ? null : id === vocabulary.end ? END : texts[at]!))
  ends.set(trace, ending)
  return ending
}

/** Compares how two runs ended, or how far they have come. */
export function differencesOf(fork: Spelled, parent: Spelled): Differences {
  const [ours, theirs] = [endingOf(fork), endingOf(parent)]
  const { positions } = canvasAt(fork.trace, fork.trace.steps.length)
  let [of, differ, yours] = [0, 0, 0]
  ours.forEach((text, position) => {
    const other = theirs[position] ?? null
    if (text === null || other === null || (text === END && other === END)) return
    of++
    if (text === other) return
    differ++
    if (positions[position]!.pinned) yours++
  })
  return { of, differ, yours }
}

/** In words: "19 of 41 tokens differ; 3 were yours." */
export function differencesInWords({ of, differ, yours }: Differences): string {
  if (of === 0) return ''
  if (differ === 0) return `All ${of} tokens are the same.`
  const own = yours === 0 ? 'none was yours' : yours === 1 ? '1 was yours' : `${yours} were yours`
  return `${differ} of ${of} tokens differ; ${own}.`
}
