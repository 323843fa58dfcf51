import * as v from 'valibot'
import type { Limits, OpenAiUpstream } from './configuration-schema.ts'
import { Refusal } from './refusal.ts'
import type { Rewritten } from './rewrite-step.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const within = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most))
const left = <Schema extends v.GenericSchema>(schema: Schema) => v.optional(v.nullable(schema))

/** All that a client may ask a service: text for text. What else a service knows (tools, images, adapters) it isn't asked. */
const ChatSchema = v.strictObject({
  model: v.string(),
  messages: v.pipe(
    v.array(v.strictObject({ role: v.picklist(['system', 'user', 'assistant']), content: v.string() })),
    v.minLength(1),
    v.maxLength(256),
  ),
  stream: left(v.boolean()),
  n: left(v.literal(1, 'it must be 1: one answer a request')),
  max_tokens: left(v.pipe(whole, v.minValue(1))),
  max_completion_tokens: left(v.pipe(whole, v.minValue(1))),
  temperature: left(within(0, 2)),
  top_p: left(within(0, 1)),
  seed: left(whole),
})

/**
 * Reads a chat request and writes it anew: only the configured model, one answer, text alone, and no longer than
 * allowed, with that limit where the client sets none. Throws a `Refusal`.
 */
export function rewriteChat(body: Buffer, upstream: OpenAiUpstream, limits: Limits): Rewritten {
  const { model, label, request = {} } = upstream
  const chat = read(body, request)
  if (chat.model !== model) throw new Refusal(422, `${label} is here for the model ${model} only.`)
  const asked = { max_tokens: chat.max_tokens, max_completion_tokens: chat.max_completion_tokens }
  const tokens = Math.max(asked.max_tokens ?? 0, asked.max_completion_tokens ?? 0)
  if (tokens > limits.tokens) {
    throw new Refusal(
      422,
      `${tokens} tokens are too long: this gateway passes on answers of at most ${limits.tokens}.`,
    )
  }
  const written = {
    ...chat,
    ...(tokens === 0 && { max_tokens: limits.tokens }),
    ...request,
    model,
    stream: chat.stream ?? false,
  }
  const known = Object.entries(written).filter(([, value]) => value !== null && value !== undefined)
  return {
    body: Buffer.from(JSON.stringify(Object.fromEntries(known))),
    headers: {
      'content-type': 'application/json',
      accept: written.stream ? 'text/event-stream' : 'application/json',
    },
  }
}

function read(body: Buffer, request: Readonly<Record<string, unknown>>) {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal(400, 'A request must be JSON.')
  }
  // What the configuration sets is the page's to repeat; its own values go out, not these.
  const bare =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).filter(([key]) => !Object.hasOwn(request, key) || key in ChatSchema.entries),
        )
      : value
  const parsed = v.safeParse(ChatSchema, bare, { abortEarly: true })
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const place = v.getDotPath(issue) ?? 'it'
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never'
  throw new Refusal(
    422,
    isUnknown
      ? `This gateway passes on no "${place.slice(0, 60)}".`
      : `A request cannot be read: ${place} is not as it must be.`,
  )
}
