import * as v from 'valibot'
import type { DraftPlace } from '../../../trace/trace.ts'
import { failureIn } from '../complaint.ts'

/** One thing that a stream of chat completions said. */
export type ChatEvent =
  | { readonly kind: 'delta'; readonly text: string }
  | { readonly kind: 'frame'; readonly text: string; readonly place: DraftPlace | null }
  /** Why the answer ended, in the service's word; `[DONE]` where it said only that it has. */
  | { readonly kind: 'end'; readonly reason: string }
  /** The service's own account of what it thought, asked for by `reasoning_summary`. */
  | { readonly kind: 'summary'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string }

/** Fields that are read stand here; whatever else they hold is no reason to stop a run that goes well. */
const Fields = v.record(v.string(), v.unknown())
const Text = v.fallback(v.string(), '')
const Whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const Frame = v.looseObject({ type: v.literal('diffusion_frame'), text: v.string() })
/** Steps are counted from 1, as Unsloth does, blocks from 0. */
const Place = v.object({ block: Whole, step: Whole, total: Whole })

/** Parts of a content that is a list: the answer's are these; thinking, references and pictures are passed over. */
const ANSWERS: ReadonlySet<unknown> = new Set(['text', 'output_text', undefined])

const fieldsOf = (value: unknown) => (!Array.isArray(value) && v.is(Fields, value) ? value : null)

/**
 * What a parsed chunk says, in order; nothing for one without text: roles, usage, thinking. Null where it is no
 * chunk at all.
 *
 * @param isError whether the event that carried it says so by its own name
 */
export function readChunk(value: unknown, isError = false): ChatEvent[] | null {
  // Some gateways wrap the one object of an error in a list.
  const chunk = fieldsOf(Array.isArray(value) && value.length === 1 ? value[0] : value)
  if (chunk === null) return null
  const frame = v.safeParse(Frame, chunk)
  const isAnswer = !isError && (frame.success || Array.isArray(chunk['choices']))
  const failure = failureIn(isError ? { ...chunk, type: 'error' } : chunk, isAnswer)
  if (failure !== null) return [{ kind: 'error', message: failure }]

  const events: ChatEvent[] = []
  const [choice] = Array.isArray(chunk['choices']) ? chunk['choices'].map(fieldsOf) : []
  // Servers that answer at once though a stream was asked for send a message.
  const message = fieldsOf(choice?.['delta']) ?? fieldsOf(choice?.['message'])
  const text = textOf(message?.['content']) || textOf(choice?.['text'])
  if (text !== '') events.push({ kind: 'delta', text })
  if (frame.success) events.push({ kind: 'frame', text: frame.output.text, place: placeOf(chunk) })
  const summary = v.parse(Text, fieldsOf(chunk['reasoning_summary'])?.['content'])
  if (summary !== '') events.push({ kind: 'summary', text: summary })
  const refusal = v.parse(Text, message?.['refusal'])
  if (refusal !== '') events.push({ kind: 'error', message: `the model refuses: ${refusal}` })
  const reason = choice?.['finish_reason']
  if (typeof reason === 'string' && reason !== '') events.push({ kind: 'end', reason })
  return events
}

/** The answer's text in a content: a string, or parts of which some are text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(textOf).join('')
  const part = fieldsOf(content)
  return part !== null && ANSWERS.has(part['type']) ? v.parse(Text, part['text']) : ''
}

function placeOf(chunk: Readonly<Record<string, unknown>>): DraftPlace | null {
  const place = v.safeParse(Place, chunk)
  return place.success ? place.output : null
}
