import type { Prediction } from './prediction.ts'

/**
 * Throws an Error with a sentence when a prediction cannot be decoded: sizes that do not fit, ids outside
 * the vocabulary, numbers that are not finite (a broken device or a wrong precision shows like that). Only a
 * log-probability may be −Infinity: a candidate that cannot come, as servers write tokens that they rule out.
 *
 * @param length positions that it must be about
 * @param size ids of the vocabulary
 */
export function checkPrediction(prediction: Prediction, length: number, size: number): void {
  const { k, ids, logProbs, entropy } = prediction
  if (prediction.length !== length) {
    throw new Error(`The model's prediction is about ${prediction.length} positions and not ${length}.`)
  }
  if (!Number.isSafeInteger(k) || k < 1) throw new Error('The prediction must hold at least one candidate.')
  if (ids.length !== length * k || logProbs.length !== length * k || entropy.length !== length) {
    throw new Error(
      `The prediction's arrays do not fit ${length} positions with ${k} candidates: ${ids.length} ids, ` +
        `${logProbs.length} log-probabilities, ${entropy.length} entropies.`,
    )
  }
  const broken = brokenNumber(prediction)
  if (broken !== null) {
    throw new Error(`The model gave ${broken}. Run it on another device or at a higher precision.`)
  }
  const stranger = ids.find((id) => id < 0 || id >= size)
  if (stranger !== undefined) {
    throw new Error(
      `The model predicted the token id ${stranger}, outside a vocabulary of ${size}. ` +
        'Its tokenizer and its weights do not belong together.',
    )
  }
}

/** The first number of a prediction that is none, in words: "a log-probability of NaN". Null where all are sound. */
export function brokenNumber({ logProbs, entropy }: Pick<Prediction, 'logProbs' | 'entropy'>): string | null {
  const logProb = logProbs.find((value) => Number.isNaN(value) || value === Infinity)
  if (logProb !== undefined) return `a log-probability of ${logProb}`
  const nats = entropy.find((value) => !Number.isFinite(value))
  return nats === undefined ? null : `an entropy of ${nats}`
}
