import type { Prediction } from '../../src/core/prediction.ts'
import type { InferRequest } from '../../src/engines/remote/oip-message.ts'
import type { Datatype, Tensor } from '../../src/engines/remote/oip-tensor.ts'
import type { RemoteCard } from '../../src/engines/remote/remote-card.ts'
import { STEP_OUTPUTS } from '../../src/engines/remote/remote-predictor.ts'

/** A request that cannot be answered, with a sentence for whoever sent it. */
export class BadRequest extends Error {}

/** Most sequences of one request. */
const MOST_SEQUENCES = 64

/** The sequences of a request without their padding. Throws `BadRequest`. */
export function readStep(
  { inputs, outputs = [] }: InferRequest,
  { window, vocabulary, topK }: RemoteCard,
): { readonly sequences: number[][]; readonly padded: number; readonly k: number } {
  const find = (name: string, datatype: Datatype): Tensor => {
    const tensor = inputs.find((input) => input.name === name)
    if (tensor === undefined) throw new BadRequest(`the input ${name} is missing`)
    if (tensor.datatype !== datatype)
      throw new BadRequest(`${name} must be ${datatype}, not ${tensor.datatype}`)
    return tensor
  }
  const ids = find('input_ids', 'INT64')
  const mask = find('attention_mask', 'INT64')
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
  return { sequences, padded, k: readTopK(inputs, count, topK) }
}

/** A batch answers with one number of candidates: the most that any of its sequences asks for. */
function readTopK(inputs: readonly Tensor[], count: number, most: number): number {
  const tensor = inputs.find(({ name }) => name === 'top_k')
  if (tensor === undefined) return Math.min(8, most)
  if (tensor.datatype !== 'INT32' || tensor.shape.join() !== `${count},1`) {
    throw new BadRequest('top_k must be INT32 [batch, 1]')
  }
  const asked = Math.max(...Array.from(tensor.data, Number))
  if (asked < 1) throw new BadRequest('top_k must be 1 or more')
  return Math.min(asked, most)
}

/** The answer's tensors; rows of padding are zeros. */
export function writeStep(predictions: readonly Prediction[], padded: number, k: number): Tensor[] {
  const batch = predictions.length
  const ids = new Int32Array(batch * padded * k)
  const logProbs = new Float32Array(batch * padded * k)
  const entropy = new Float32Array(batch * padded)
  predictions.forEach((prediction, row) => {
    for (let at = 0; at < prediction.length; at++) {
      const to = (row * padded + at) * k
      const from = at * prediction.k
      ids.set(prediction.ids.subarray(from, from + k), to)
      logProbs.set(prediction.logProbs.subarray(from, from + k), to)
    }
    entropy.set(prediction.entropy, row * padded)
  })
  return [
    { name: 'topk_ids', datatype: 'INT32', shape: [batch, padded, k], data: ids },
    { name: 'topk_logprobs', datatype: 'FP32', shape: [batch, padded, k], data: logProbs },
    { name: 'entropy', datatype: 'FP32', shape: [batch, padded], data: entropy },
  ]
}
