import type { StepKind } from '../../../trace/knowledge.ts'
import type { DraftPlace } from '../../../trace/trace.ts'
import type { OpenAiUpstream } from '../upstream.ts'
import type { ChatEvent } from './chat-chunk.ts'
import { splitText } from './split-text.ts'
import { writtenText } from './written-text.ts'

type Dialect = OpenAiUpstream['dialect']

/** What stands after an event. */
export interface Standing {
  readonly pieces: readonly string[]
  /** Pieces before this one are committed text. */
  readonly from: number
  /** Where in the service's own count a draft stands, if it says so. */
  readonly place?: DraftPlace
}

/** Reads a stream in one way: what stands after an event, or null where it changes nothing. */
export type ReadEvent = (event: ChatEvent) => Standing | null

/** What a step of a dialect's traces is. */
export const STEPS_OF: Readonly<Record<Dialect, Exclude<StepKind, 'pass'>>> = {
  append: 'text',
  replace: 'drafts',
  frame: 'drafts',
}

/** Each delta is added; what has come never changes, and is cut where it was cut on its way. */
function append(): ReadEvent {
  const written = writtenText()
  return (event) => {
    const from = written.pieces.length
    if (event.kind === 'delta') written.add(event.text)
    else if (event.kind === 'end') written.end()
    else return null
    return written.pieces.length === from ? null : { pieces: written.pieces, from }
  }
}

/** Each delta is the whole draft, noise included, and takes the place of the one before. */
function replace(): ReadEvent {
  return (event) => (event.kind === 'delta' ? { pieces: splitText(event.text), from: 0 } : null)
}

/** A frame is the draft of what follows the committed text; a delta is committed text and ends the draft. */
function frame(): ReadEvent {
  const committed = writtenText()
  return (event) => {
    const from = committed.pieces.length
    if (event.kind === 'frame') {
      const pieces = [...committed.pieces, ...splitText(committed.held + event.text)]
      return { pieces, from, ...(event.place && { place: event.place }) }
    }
    if (event.kind === 'delta') committed.add(event.text)
    else if (event.kind === 'end' && committed.held !== '') committed.end()
    else return null
    return { pieces: committed.pieces, from }
  }
}

const DIALECTS: Readonly<Record<Dialect, () => ReadEvent>> = { append, replace, frame }

/** A reader that stands before the first event. Which dialect a service speaks is configured and never guessed. */
export function readerOf(dialect: Dialect): ReadEvent {
  return DIALECTS[dialect]()
}
