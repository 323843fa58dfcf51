import { checkSettings } from './check-settings.ts'
import type { AutoregressiveSettings } from './settings.ts'
import type { Vocabulary } from './vocabulary.ts'

/** All that an autoregressive run has written so far. Never mutated: `extend` returns the next one. */
export interface AutoregressiveState {
  readonly settings: AutoregressiveSettings
  readonly vocabulary: Vocabulary
  /** Tokens written, the end of sequence included. The next step is `ids.length + 1`. */
  readonly ids: readonly number[]
  /** The text whose gaps are filled: the mask where a token is to be written. Absent where an answer is written. */
  readonly canvas?: readonly number[]
  /** Whether the last token is the end of sequence, or `answerLength` tokens are written. */
  readonly finished: boolean
}

/**
 * An empty answer, or a text up to its first gap. Throws an Error with a sentence when the settings make no sense.
 *
 * @param canvas `[answerLength]`, the mask where a token is to be written
 */
export function startAutoregressive(
  settings: AutoregressiveSettings,
  vocabulary: Vocabulary,
  canvas?: readonly number[],
): AutoregressiveState {
  const complaints = checkSettings(settings)
  if (complaints.length > 0) throw new Error(complaints.join(' '))
  if (canvas === undefined) return { settings, vocabulary, ids: [], finished: false }
  const ids = upToGap([], canvas, vocabulary)
  return { settings, vocabulary, ids, canvas, finished: ids.length === canvas.length }
}

/** What is written, with the fixed text that follows it. */
export function upToGap(
  ids: readonly number[],
  canvas: readonly number[],
  { mask }: Vocabulary,
): readonly number[] {
  const gap = canvas.indexOf(mask, ids.length)
  return [...ids, ...canvas.slice(ids.length, gap < 0 ? canvas.length : gap)]
}
