import { checkSettings } from './check-settings.ts'
import type { AutoregressiveSettings } from './settings.ts'
import type { Vocabulary } from './vocabulary.ts'

/** All that an autoregressive run has written so far. Never mutated: `extend` returns the next one. */
export interface AutoregressiveState {
  readonly settings: AutoregressiveSettings
  readonly vocabulary: Vocabulary
  /** Tokens written, the end of sequence included. The next step is `ids.length + 1`. */
  readonly ids: readonly number[]
  /** Whether the last token is the end of sequence, or `answerLength` tokens are written. */
  readonly finished: boolean
}

/** An empty answer. Throws an Error with a sentence when the settings make no sense. */
export function startAutoregressive(
  settings: AutoregressiveSettings,
  vocabulary: Vocabulary,
): AutoregressiveState {
  const complaints = checkSettings(settings)
  if (complaints.length > 0) throw new Error(complaints.join(' '))
  return { settings, vocabulary, ids: [], finished: false }
}
