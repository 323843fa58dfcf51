import type { Frame } from './frame.ts'
import type { Pieces } from './pieces.ts'
import type { TraceVocabulary } from './trace.ts'
import { utf8Decoder } from './utf8.ts'

type Marks = Pick<TraceVocabulary, 'mask' | 'end'>

/**
 * The text of each token, decoded as one sequence: a character split over tokens shows in its last one.
 * Masks (null, too) and ends of sequence have no text, and break a character that they stand in.
 */
export function cellTexts(ids: readonly (number | null)[], pieces: Pieces, { mask, end }: Marks): string[] {
  const decoder = utf8Decoder()
  const texts: string[] = []
  let last = -1
  const flush = () => {
    if (last >= 0) texts[last] += decoder.flush()
  }
  ids.forEach((id, at) => {
    if (id === null || id === mask || id === end) {
      flush()
      texts.push('')
      return
    }
    texts.push(decoder.push(pieces(id)))
    last = at
  })
  flush()
  return texts
}

/**
 * The answer as text: what is committed, up to the first end of sequence. Masked positions and guesses are
 * left out.
 */
export function answerText(answer: Frame | readonly (number | null)[], pieces: Pieces, marks: Marks): string {
  return cellTexts(untilEnd(answer, marks), pieces, marks).join('')
}

/** The ids before the first end of sequence, guesses of a frame as masks. */
function untilEnd(answer: Frame | readonly (number | null)[], { end }: Marks): readonly (number | null)[] {
  const ids =
    'cells' in answer ? answer.cells.map(({ state, id }) => (state === 'guess' ? null : id)) : answer
  const stop = ids.indexOf(end)
  return stop < 0 ? ids : ids.slice(0, stop)
}
