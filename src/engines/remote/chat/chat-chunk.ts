import * as v from 'valibot'

/** One thing that a stream of chat completions said. */
export type ChatEvent =
  | { readonly kind: 'delta'; readonly text: string }
  | { readonly kind: 'frame'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string }

const Choice = v.looseObject({
  delta: v.nullish(v.looseObject({ content: v.nullish(v.string()) })),
  /** Of servers that answer at once though a stream was asked for. */
  message: v.nullish(v.looseObject({ content: v.nullish(v.string()) })),
})
const Chunk = v.looseObject({
  choices: v.nullish(v.array(Choice)),
  error: v.nullish(v.union([v.string(), v.looseObject({ message: v.string() })])),
})
const Frame = v.looseObject({ type: v.literal('diffusion_frame'), text: v.string() })

/**
 * What a parsed chunk says, in order; nothing for one without text: roles, usage, the end. Null where it is no
 * chunk at all.
 */
export function readChunk(value: unknown): ChatEvent[] | null {
  const chunk = v.safeParse(Chunk, value)
  if (!chunk.success) return null
  const { choices, error } = chunk.output
  if (error) return [{ kind: 'error', message: typeof error === 'string' ? error : error.message }]
  const events: ChatEvent[] = []
  const [choice] = choices ?? []
  const text = choice?.delta?.content ?? choice?.message?.content ?? ''
  if (text !== '') events.push({ kind: 'delta', text })
  const frame = v.safeParse(Frame, value)
  if (frame.success) events.push({ kind: 'frame', text: frame.output.text })
  return events
}
