import type { StepKind } from '../../../trace/knowledge.ts'
import type { OpenAiUpstream } from '../upstream.ts'
import type { ChatEvent } from './chat-chunk.ts'
import { splitText } from './split-text.ts'

type Dialect = OpenAiUpstream['dialect']

/** Reads a stream in one way: the pieces of text that stand after an event, or null where it changes nothing. */
export type ReadEvent = (event: ChatEvent) => readonly string[] | null

/** What a step of a dialect's traces is. */
export const STEPS_OF: Readonly<Record<Dialect, Exclude<StepKind, 'pass'>>> = {
  append: 'text',
  replace: 'drafts',
  frame: 'drafts',
}

/** Each delta is added; what has come never changes, and is cut where it was cut on its way. */
function append(): ReadEvent {
  const pieces: string[] = []
  return (event) => {
    if (event.kind !== 'delta') return null
    pieces.push(...splitText(event.text))
    return pieces
  }
}

/** Each delta is the whole draft, noise included, and takes the place of the one before. */
function replace(): ReadEvent {
  return (event) => (event.kind === 'delta' ? splitText(event.text) : null)
}

/** A frame is the draft of what follows the committed text; a delta is committed text and ends the draft. */
function frame(): ReadEvent {
  const committed: string[] = []
  return (event) => {
    if (event.kind === 'error') return null
    if (event.kind === 'frame') return [...committed, ...splitText(event.text)]
    committed.push(...splitText(event.text))
    return committed
  }
}

const DIALECTS: Readonly<Record<Dialect, () => ReadEvent>> = { append, replace, frame }

/** A reader that stands before the first event. Which dialect a service speaks is configured and never guessed. */
export function readerOf(dialect: Dialect): ReadEvent {
  return DIALECTS[dialect]()
}
