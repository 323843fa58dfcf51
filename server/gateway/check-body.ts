import * as v from 'valibot'
import type { Limits, Upstream } from './configuration-schema.ts'
import { Refusal } from './refusal.ts'

const whole = v.pipe(v.number(), v.safeInteger())
const StepSchema = v.looseObject({
  inputs: v.array(v.looseObject({ shape: v.array(whole) })),
})
const most = v.optional(v.nullable(v.number()))
const ChatSchema = v.looseObject({
  model: v.string(),
  messages: v.array(v.unknown()),
  n: most,
  max_tokens: most,
  max_completion_tokens: most,
})

function parse<Schema extends v.GenericSchema>(schema: Schema, bytes: Buffer, what: string) {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Refusal(400, `${what} must be JSON.`)
  }
  const parsed = v.safeParse(schema, value, { abortEarly: true })
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new Refusal(400, `${what} cannot be read: ${v.getDotPath(issue) ?? 'it'} is not as it must be.`)
}

/**
 * Checks a step of the Open Inference Protocol by its heads, not by its values. Throws a `Refusal`.
 *
 * @param jsonLength of the header that tells where the JSON ends; undefined where all of the body is JSON
 */
export function checkStep(body: Buffer, jsonLength: string | undefined, limits: Limits): void {
  const length = jsonLength === undefined ? body.length : Number(jsonLength)
  if (!/^\d{1,9}$/.test(jsonLength ?? '0') || length > body.length) {
    throw new Refusal(
      400,
      'Inference-Header-Content-Length must be the length of the JSON before the tensors.',
    )
  }
  const { inputs } = parse(StepSchema, body.subarray(0, length), 'A step')
  for (const { shape } of inputs) {
    const [sequences = 0, tokens = 0] = shape
    if (tokens > limits.tokens) {
      throw new Refusal(
        422,
        `${tokens} tokens are too long: this gateway passes on sequences of at most ${limits.tokens}.`,
      )
    }
    if (sequences > limits.sequences) {
      throw new Refusal(
        422,
        `${sequences} sequences are too many: this gateway passes on at most ${limits.sequences} a step.`,
      )
    }
    if (shape.length > 3 || shape.some((side) => side < 0)) {
      throw new Refusal(422, `A tensor of the shape [${shape.slice(0, 8).join(', ')}] belongs to no step.`)
    }
  }
}

/** Checks a chat request: only the configured model, one answer, and no longer than allowed. Throws a `Refusal`. */
export function checkChat(body: Buffer, { model, label }: Upstream, limits: Limits): void {
  const chat = parse(ChatSchema, body, 'A request')
  if (chat.model !== model) {
    throw new Refusal(422, `${label} is here for the model ${model} only.`)
  }
  if ((chat.n ?? 1) !== 1) throw new Refusal(422, 'One answer a request: n must be 1.')
  const tokens = Math.max(chat.max_tokens ?? 0, chat.max_completion_tokens ?? 0)
  if (tokens > limits.tokens) {
    throw new Refusal(
      422,
      `${tokens} tokens are too long: this gateway passes on answers of at most ${limits.tokens}.`,
    )
  }
}
