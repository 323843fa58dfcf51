import { brokenNumber } from '../../core/check-prediction.ts'
import type { Prediction } from '../../core/prediction.ts'
import type { EngineError } from '../engine-error.ts'
import type { InferAnswer } from './oip-message.ts'
import type { Tensor } from './oip-tensor.ts'
import { STEP_ANSWER, STEP_OUTPUTS } from './step-tensors.ts'

const [TOPK_IDS, TOPK_LOGPROBS, ENTROPY] = STEP_ANSWER

/** The answer's tensors, a row of `padded` positions a prediction; those of padding are zeros. */
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
    { ...TOPK_IDS, shape: [batch, padded, k], data: ids },
    { ...TOPK_LOGPROBS, shape: [batch, padded, k], data: logProbs },
    { ...ENTROPY, shape: [batch, padded], data: entropy },
  ]
}

/**
 * Rows of an answer about positions [from, from + rows). Throws an `EngineError` where it holds no such rows, or
 * numbers that are none.
 */
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
  const prediction = {
    length: rows,
    k,
    ids: ids.data.slice(from * k, (from + rows) * k),
    logProbs: logProbs.data.slice(from * k, (from + rows) * k),
    entropy: entropy.data.slice(from, from + rows),
  }
  const number = brokenNumber(prediction)
  if (number !== null) throw broken(number, `The server answered ${number}.`)
  return prediction
}

function broken(detail: string, what = 'The server answered something that is no prediction.'): EngineError {
  return {
    kind: 'server-broken',
    message: `${what} Tell whoever runs it; what was computed stays.`,
    detail,
  }
}

function hasShape({ shape, data }: Tensor, wanted: readonly number[]): boolean {
  return shape.join() === wanted.join() && data.length === wanted.reduce((size, one) => size * one, 1)
}
