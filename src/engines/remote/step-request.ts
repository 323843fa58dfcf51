import type { OipModel } from './oip-client.ts'
import type { InferRequest } from './oip-message.ts'
import type { Datatype, Tensor } from './oip-tensor.ts'
import type { RemoteCard } from './remote-card.ts'
import { CAUSAL_INPUT, STEP_INPUTS, STEP_OUTPUTS } from './step-tensors.ts'

/** A request that cannot be answered, with a sentence for whoever sent it. */
export class BadRequest extends Error {}

const [INPUT_IDS, ATTENTION_MASK, TOP_K] = STEP_INPUTS

/** Most sequences of one request, and candidates where a request does not say how many. */
const MOST_SEQUENCES = 64
const USUAL_TOP_K = 8

/** Inputs of a denoising step over `ids`, padded to the model's bucket. */
export function stepInputs({ card }: Pick<OipModel, 'card'>, ids: readonly number[], topK: number): Tensor[] {
  const length = bucketOf(card.buckets, ids.length)
  const padded = BigInt64Array.from({ length }, (_, at) => BigInt(ids[at] ?? card.vocabulary.pad))
  const mask = BigInt64Array.from({ length }, (_, at) => (at < ids.length ? 1n : 0n))
  return [
    { ...INPUT_IDS, shape: [1, length], data: padded },
    { ...ATTENTION_MASK, shape: [1, length], data: mask },
    { ...TOP_K, shape: [1, 1], data: Int32Array.of(topK) },
  ]
}

/** Inputs of an autoregressive step: what follows `ids`, all of them anew, since a step has no state. */
export function causalInputs(ids: readonly number[], topK: number): Tensor[] {
  const shape = [1, ids.length]
  return [
    { ...INPUT_IDS, shape, data: BigInt64Array.from(ids, BigInt) },
    { ...ATTENTION_MASK, shape, data: new BigInt64Array(ids.length).fill(1n) },
    { ...TOP_K, shape: [1, 1], data: Int32Array.of(topK) },
    { ...CAUSAL_INPUT, shape: [1, 1], data: Uint8Array.of(1) },
  ]
}

/** The smallest bucket that holds so many tokens; without one the server says what it thinks of the length. */
function bucketOf(buckets: readonly number[], length: number): number {
  const bucket = Math.min(...buckets.filter((size) => size >= length))
  return Number.isFinite(bucket) ? bucket : length
}

/** A request as a server works on it. */
export interface StepRequest {
  /** Without their padding. */
  readonly sequences: readonly (readonly number[])[]
  /** Positions of a row with its padding. */
  readonly padded: number
  readonly k: number
  /** Whether the token after each sequence is asked for, read from left to right. */
  readonly causal: boolean
}

/** Reads a request. Throws `BadRequest`. */
export function readStep({ inputs, outputs = [] }: InferRequest, card: RemoteCard): StepRequest {
  const { window, vocabulary, topK } = card
  const ids = find(inputs, INPUT_IDS)
  const mask = find(inputs, ATTENTION_MASK)
  const [count = 0, padded = 0] = ids.shape
  if (ids.shape.length !== 2 || count < 1 || padded < 2) {
    throw new BadRequest(
      `input_ids must be [batch, tokens] with at least 2 tokens, not [${ids.shape.join(', ')}]`,
    )
  }
  if (count > MOST_SEQUENCES) throw new BadRequest(`at most ${MOST_SEQUENCES} sequences a request`)
  if (padded > window) throw new BadRequest(`${padded} tokens are more than the window of ${window}`)
  if (mask.shape.join() !== ids.shape.join())
    throw new BadRequest('attention_mask must be shaped like input_ids')
  const unknown = outputs.find((name) => !STEP_OUTPUTS.some((known) => known === name))
  if (unknown !== undefined) throw new BadRequest(`there is no output ${unknown}`)

  const values = Array.from(ids.data, Number)
  const stranger = values.find((id) => id < 0 || id >= vocabulary.size)
  if (stranger !== undefined) {
    throw new BadRequest(`the token id ${stranger} is outside the vocabulary of ${vocabulary.size}`)
  }
  const sequences = Array.from({ length: count }, (_, row) => {
    const marks = Array.from(mask.data.subarray(row * padded, (row + 1) * padded), Number)
    const length = marks.lastIndexOf(1) + 1
    if (marks.some((mark, at) => mark !== (at < length ? 1 : 0))) {
      throw new BadRequest('attention_mask must be ones, then zeros on the padding at the end')
    }
    if (length < 2) throw new BadRequest('a sequence must have at least 2 tokens')
    return values.slice(row * padded, row * padded + length)
  })
  return { sequences, padded, k: readTopK(inputs, count, topK), causal: readCausal(inputs, count, card) }
}

interface Head {
  readonly name: string
  readonly datatype: Datatype
}

function find(inputs: readonly Tensor[], { name, datatype }: Head): Tensor {
  const tensor = inputs.find((input) => input.name === name)
  if (tensor === undefined) throw new BadRequest(`the input ${name} is missing`)
  if (tensor.datatype !== datatype)
    throw new BadRequest(`${name} must be ${datatype}, not ${tensor.datatype}`)
  return tensor
}

/** A batch answers with one number of candidates: the most that any of its sequences asks for. */
function readTopK(inputs: readonly Tensor[], count: number, most: number): number {
  const values = optional(inputs, TOP_K, count)
  if (values === null) return Math.min(USUAL_TOP_K, most)
  const asked = Math.max(...values)
  if (asked < 1) throw new BadRequest('top_k must be 1 or more')
  return Math.min(asked, most)
}

function readCausal(inputs: readonly Tensor[], count: number, { name, decoders }: RemoteCard): boolean {
  const values = optional(inputs, CAUSAL_INPUT, count) ?? [0]
  const isCausal = values.includes(1)
  if (isCausal && values.includes(0)) throw new BadRequest('causal must be the same for the whole batch')
  if (isCausal && !decoders.includes('autoregressive')) {
    throw new BadRequest(`${name} is not served from left to right here`)
  }
  return isCausal
}

/** One value a sequence, or null where the input is left out. */
function optional(inputs: readonly Tensor[], head: Head, count: number): number[] | null {
  if (!inputs.some(({ name }) => name === head.name)) return null
  const tensor = find(inputs, head)
  if (tensor.shape.join() !== `${count},1`) {
    throw new BadRequest(`${head.name} must be ${head.datatype} [batch, 1]`)
  }
  return Array.from(tensor.data, Number)
}
