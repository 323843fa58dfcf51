import * as v from 'valibot'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** What a server says of a model: all that the page must know to drive it. */
const RemoteCardSchema = v.object({
  version: v.literal(1),
  name: v.string(),
  revision: v.string(),
  parameters: whole,
  precision: v.string(),
  /** What computes, in words. */
  device: v.string(),
  vocabulary: v.object({ size: whole, mask: whole, end: whole, pad: whole, suppressed: v.array(whole) }),
  /** Token ids around a prompt. */
  template: v.object({ before: v.array(whole), after: v.array(whole) }),
  /** Whose ids these are: the page's tokenizer must be this very file. */
  tokenizer: v.object({ name: v.string(), sha256: v.string() }),
  /** Longest prompt plus answer, in tokens. */
  window: v.pipe(whole, v.minValue(2)),
  /** Lengths that requests are padded to, so that a server can join them. */
  buckets: v.pipe(v.array(whole), v.minLength(1)),
  /** What it computes: steps of diffusion, and where it says so the tokens that follow, read from left to right. */
  decoders: v.optional(v.array(v.picklist(['diffusion', 'autoregressive'])), () => ['diffusion' as const]),
  /** When a diffusion run decides ends of sequence: see `Ends` of the core. */
  ends: v.optional(v.picklist(['sure', 'last']), 'sure'),
  /**
   * Nats by which rounding may move a log-probability where a text is read in other parts: next to nothing, but where
   * activations are rounded as they come.
   */
  tolerance: v.optional(v.pipe(v.number(), v.minValue(0)), 2e-3),
  /** Most candidates a position. */
  topK: v.pipe(whole, v.minValue(1)),
})

export type RemoteCard = v.InferOutput<typeof RemoteCardSchema>

/** Name of the parameter that holds the card as JSON. */
export const CARD_PARAMETER = 'diffuscope_card'

/** Where the card stands: Triton writes `{ string_value }` in a model's configuration, MLServer the text itself. */
const Carrier = v.looseObject({
  parameters: v.looseObject({
    [CARD_PARAMETER]: v.union([v.string(), v.looseObject({ string_value: v.string() })]),
  }),
})

/** Reads the card from a model's configuration or metadata; null where there is none, else a card or a sentence. */
export function readCard(answer: unknown): RemoteCard | string | null {
  const carrier = v.safeParse(Carrier, answer)
  if (!carrier.success) return null
  const text = carrier.output.parameters[CARD_PARAMETER]!
  let value: unknown
  try {
    value = JSON.parse(typeof text === 'string' ? text : text.string_value)
  } catch {
    return 'its card is not JSON'
  }
  const parsed = v.safeParse(RemoteCardSchema, value, { abortEarly: true })
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  return `its card cannot be read (${v.getDotPath(issue) ?? 'card'}: ${issue.message})`
}
