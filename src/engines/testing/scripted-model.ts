import type { Prediction } from '../../core/prediction.ts'
import type { Vocabulary } from '../../core/vocabulary.ts'
import type { RunnableModel } from '../runnable-model.ts'

const VOCABULARY: Vocabulary = { size: 12, mask: 0, end: 1, suppressed: [0, 2, 3, 4] }

/** Position p gets token 5 + p % 7, the less surely the further right. */
function predict(first: number, length: number): Prediction {
  const k = 2
  const ids = new Int32Array(length * k)
  const logProbs = new Float32Array(length * k)
  for (let row = 0; row < length; row++) {
    const probability = 0.9 - 0.01 * (first + row)
    ids.set([5 + ((first + row) % 7), 1], row * k)
    logProbs.set([Math.log(probability), Math.log((1 - probability) / 2)], row * k)
  }
  return { length, k, ids, logProbs, entropy: new Float32Array(length).fill(0.5) }
}

export interface ScriptedModel extends RunnableModel {
  /** What was asked of the predictor, in order. */
  readonly asked: string[]
  /** Milliseconds that have passed on the model's clock. */
  readonly now: () => number
  /** Lets time pass without a pass. */
  wait(ms: number): void
}

/** A model whose answers are known; a pass takes 10 ms of its own clock. `fail` may throw before a pass. */
export function scriptedModel(fail: (pass: number) => void = () => undefined): ScriptedModel {
  const asked: string[] = []
  let clock = 0
  let passes = 0
  async function pass(what: string, first: number, length: number) {
    asked.push(what)
    fail(++passes)
    await Promise.resolve()
    clock += 10
    return { prediction: predict(first, length), passMs: 10 }
  }
  return {
    card: { name: 'scripted', revision: 'none', parameters: 0, precision: 'none' },
    device: { backend: 'cpu', label: 'scripted' },
    vocabulary: VOCABULARY,
    window: 20,
    encodePrompt: (prompt) => [3, ...Array.from(prompt, () => 5), 4],
    encodeText: (text) => Array.from(text, () => 5),
    asked,
    now: () => clock,
    wait: (ms) => (clock += ms),
    predictor: {
      async prepare(decoder, tokens) {
        asked.push(`prepare ${decoder} ${tokens}`)
        await Promise.resolve()
      },
      denoise: (promptIds, answerIds) =>
        pass(`denoise ${promptIds.length} ${answerIds.join(' ')}`, 0, answerIds.length),
      startExtension() {
        let read = 0
        return {
          extend(ids) {
            read += ids.length
            return pass(`extend ${ids.join(' ')}`, read, 1)
          },
          release: () => void asked.push('release'),
        }
      },
    },
  }
}
