import type { AutoregressiveState } from './autoregressive-state.ts'
import { checkPrediction } from './check-prediction.ts'
import { choose, gumbelNoise } from './choose.ts'
import { allowedAt } from './end-of-sequence.ts'
import type { Prediction } from './prediction.ts'
import type { Random } from './random.ts'
import type { StepEvent } from './step-event.ts'

/**
 * One step of autoregressive decoding: writes the next token. The answer is finished by an end of sequence,
 * which cannot be its first token, or when `answerLength` tokens are written. Pure.
 *
 * @param prediction of the next position alone, `[1, k]`
 * @param random `randomAt(settings.seed, state.ids.length + 1)`
 * @throws Error with a sentence when the prediction cannot be used or the answer is finished
 */
export function extend(
  state: AutoregressiveState,
  prediction: Prediction,
  random: Random,
): { state: AutoregressiveState; event: StepEvent } {
  const { settings, vocabulary } = state
  if (state.finished) throw new Error('The answer is finished: start another run.')
  checkPrediction(prediction, 1, vocabulary.size)

  const position = state.ids.length
  const noise = settings.temperature > 0 ? gumbelNoise(prediction.k, random) : null
  const allowed = allowedAt(state.ids, position, vocabulary)
  const reading = choose(prediction, 0, allowed, settings, noise)
  if (reading === null) {
    throw new Error('No candidate of the model may stand here. Ask it for more candidates.')
  }

  const { id, probability } = reading
  const ids = [...state.ids, id]
  const finished = id === vocabulary.end || ids.length === settings.answerLength
  return {
    state: { ...state, ids, finished },
    event: {
      step: ids.length,
      block: [0, settings.answerLength],
      positions: Int32Array.of(position),
      k: prediction.k,
      ids: prediction.ids.slice(),
      logProbs: prediction.logProbs.slice(),
      entropy: prediction.entropy.slice(),
      guesses: Int32Array.of(id),
      confidence: Float32Array.of(probability),
      commits: [{ position, id, previous: vocabulary.mask, probability, rank: 1, reason: { rule: 'next' } }],
    },
  }
}
