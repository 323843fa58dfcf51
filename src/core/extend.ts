import { upToGap, type AutoregressiveState } from './autoregressive-state.ts'
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
  const { canvas } = state
  // In a gap no text ends: fixed text stands behind it.
  const around = canvas === undefined ? state.ids : [...state.ids, ...canvas.slice(position)]
  const allowed = allowedAt(around, position, vocabulary)
  const reading = choose(prediction, 0, allowed, settings, noise)
  if (reading === null) {
    throw new Error('No candidate of the model may stand here. Ask it for more candidates.')
  }

  const { id, probability } = reading
  const written = [...state.ids, id]
  const ids = canvas === undefined || id === vocabulary.end ? written : upToGap(written, canvas, vocabulary)
  const finished = id === vocabulary.end || ids.length === settings.answerLength
  return {
    state: { ...state, ids, finished },
    event: {
      step: canvas === undefined ? ids.length : gapsUpTo(canvas, position, vocabulary),
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

/** Masks of a text up to a position, that one included. */
function gapsUpTo(
  canvas: readonly number[],
  position: number,
  { mask }: AutoregressiveState['vocabulary'],
): number {
  return canvas.slice(0, position + 1).filter((id) => id === mask).length
}
