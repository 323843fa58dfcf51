import type { EngineError } from '../engine-error.ts'
import type { Extension, Predicted, Predictor } from '../predictor.ts'
import type { OipModel } from './oip-client.ts'
import type { Tensor } from './oip-tensor.ts'
import { splitOf } from './server-timing.ts'
import { predictionOf } from './step-answer.ts'
import { causalInputs, stepInputs } from './step-request.ts'
import { STEP_OUTPUTS } from './step-tensors.ts'

/** The predictor of a model on a server: each of its passes is one request. */
export function createRemotePredictor(
  model: OipModel,
  { topK, signal }: { readonly topK: number; readonly signal: AbortSignal },
): Predictor {
  const k = Math.min(topK, model.card.topK)

  async function infer(inputs: readonly Tensor[], from: number, rows: number): Promise<Predicted> {
    const answer = await model.infer(inputs, STEP_OUTPUTS, signal)
    const prediction = predictionOf(answer, from, rows)
    const split = splitOf(answer.serverTiming, answer.ms)
    return { prediction, passMs: answer.ms, ...(split && { split }) }
  }

  return {
    prepare: () => Promise.resolve(),
    denoise: (promptIds, answerIds) =>
      infer(stepInputs(model, [...promptIds, ...answerIds], k), promptIds.length, answerIds.length),
    startExtension(): Extension {
      if (!model.card.decoders.includes('autoregressive')) {
        throw {
          kind: 'server-refused',
          message:
            'This server computes diffusion steps only. Choose another place for the autoregressive lane.',
        } satisfies EngineError
      }
      // The server is told all ids each time: what it keeps of those before only spares it work.
      let read: readonly number[] = []
      return {
        extend(ids) {
          read = [...read, ...ids]
          return infer(causalInputs(read, k), 0, 1)
        },
        release() {
          read = []
        },
      }
    },
  }
}
