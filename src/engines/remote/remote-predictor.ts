import type { Prediction } from '../../core/prediction.ts'
import type { EngineError } from '../engine-error.ts'
import type { Predicted, Predictor } from '../predictor.ts'
import type { OipModel } from './oip-client.ts'
import type { InferAnswer } from './oip-message.ts'
import { splitOf } from './server-timing.ts'
import type { Tensor } from './oip-tensor.ts'

/** Outputs of a denoising step; every row is about its own position: the server has undone the model's shift. */
export const STEP_OUTPUTS = ['topk_ids', 'topk_logprobs', 'entropy'] as const

/** Inputs of a denoising step over `ids`, padded to the model's bucket. */
export function stepInputs({ card }: Pick<OipModel, 'card'>, ids: readonly number[], topK: number): Tensor[] {
  const length = bucketOf(card.buckets, ids.length)
  const padded = BigInt64Array.from({ length }, (_, at) => BigInt(ids[at] ?? card.vocabulary.pad))
  const mask = BigInt64Array.from({ length }, (_, at) => (at < ids.length ? 1n : 0n))
  return [
    { name: 'input_ids', datatype: 'INT64', shape: [1, length], data: padded },
    { name: 'attention_mask', datatype: 'INT64', shape: [1, length], data: mask },
    { name: 'top_k', datatype: 'INT32', shape: [1, 1], data: Int32Array.of(topK) },
  ]
}

/** The smallest bucket that holds so many tokens; without one the server says what it thinks of the length. */
function bucketOf(buckets: readonly number[], length: number): number {
  const bucket = Math.min(...buckets.filter((size) => size >= length))
  return Number.isFinite(bucket) ? bucket : length
}

function broken(detail: string): EngineError {
  return {
    kind: 'server-broken',
    message:
      'The server answered something that is no prediction. Tell whoever runs it; what was computed stays.',
    detail,
  }
}

function hasShape({ shape, data }: Tensor, wanted: readonly number[]): boolean {
  return shape.join() === wanted.join() && data.length === wanted.reduce((size, one) => size * one, 1)
}

/** Rows of an answer about positions [from, from + rows). Throws an `EngineError` where it holds no such rows. */
export function predictionOf({ outputs }: InferAnswer, from: number, rows: number): Prediction {
  const [ids, logProbs, entropy] = STEP_OUTPUTS.map((name) => outputs.find((tensor) => tensor.name === name))
  const [, length = 0, k = 0] = ids?.shape ?? []
  const whole = from + rows <= length && k >= 1
  if (!(ids?.data instanceof Int32Array) || !whole || !hasShape(ids, [1, length, k])) {
    throw broken(`topk_ids of shape [${ids?.shape.join(', ') ?? ''}] for ${from} + ${rows} positions`)
  }
  if (!(logProbs?.data instanceof Float32Array) || !hasShape(logProbs, ids.shape)) {
    throw broken('topk_logprobs do not fit topk_ids')
  }
  if (!(entropy?.data instanceof Float32Array) || !hasShape(entropy, [1, length])) {
    throw broken('entropy does not fit topk_ids')
  }
  return {
    length: rows,
    k,
    ids: ids.data.slice(from * k, (from + rows) * k),
    logProbs: logProbs.data.slice(from * k, (from + rows) * k),
    entropy: entropy.data.slice(from, from + rows),
  }
}

/** The predictor of a model on a server. It denoises; an autoregressive lane needs a cache, which no step has. */
export function createRemotePredictor(
  model: OipModel,
  { topK, signal }: { readonly topK: number; readonly signal: AbortSignal },
): Predictor {
  return {
    prepare: () => Promise.resolve(),
    async denoise(promptIds, answerIds): Promise<Predicted> {
      const inputs = stepInputs(model, [...promptIds, ...answerIds], Math.min(topK, model.card.topK))
      const answer = await model.infer(inputs, STEP_OUTPUTS, signal)
      const prediction = predictionOf(answer, promptIds.length, answerIds.length)
      const split = splitOf(answer.serverTiming, answer.ms)
      return { prediction, passMs: answer.ms, ...(split && { split }) }
    },
    startExtension() {
      throw {
        kind: 'server-refused',
        message:
          'This server computes diffusion steps only. Choose another place for the autoregressive lane.',
      } satisfies EngineError
    },
  }
}
