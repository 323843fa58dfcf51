import { predict, VOCABULARY, type ArbitraryModel } from '../../core/testing/arbitrary-run.ts'
import type { LaneEngine } from '../engine.ts'
import type { Predicted } from '../predictor.ts'
import { runSteps } from '../run.ts'
import type { RunnableModel } from '../runnable-model.ts'

/** A number that another canvas hardly shares. */
function hashOf(ids: ArrayLike<number>): number {
  let hash = 17
  for (let at = 0; at < ids.length; at++) hash = (hash * 31 + ids[at]!) % 1_000_003
  return hash
}

/** A model that answers at random, but the same for the same tokens, whatever was asked before. */
export function arbitraryRunnable(model: ArbitraryModel): RunnableModel {
  const say = (ids: ArrayLike<number>, length: number): Promise<Predicted> =>
    Promise.resolve({
      prediction: predict({ ...model, seed: model.seed + hashOf(ids) }, length, 1),
      passMs: 1,
    })
  return {
    card: { name: 'diffuscope-small', revision: '4a8b07d0b2ee', parameters: 12, precision: 'float64' },
    device: { backend: 'cpu', label: 'one thread' },
    vocabulary: VOCABULARY,
    window: 1000,
    encodePrompt: (prompt) => [3, ...Array.from(prompt, () => 5), 4],
    encodeText: (text) => Array.from(text.trim(), (letter) => 3 + (letter.charCodeAt(0) % 9)),
    predictor: {
      prepare: () => Promise.resolve(),
      denoise: (_, answer) => say(answer, answer.length),
      startExtension() {
        const read: number[] = []
        return {
          extend(ids) {
            read.push(...ids)
            return say(read, 1)
          },
          release: () => undefined,
        }
      },
    },
  }
}

/** An engine of this page on such a model. */
export function arbitraryEngine(model: ArbitraryModel): LaneEngine {
  const runnable = arbitraryRunnable(model)
  const { card, device } = runnable
  let clock = 0
  return {
    capabilities: { resumable: true },
    load: () => Promise.resolve({ card, device, notes: [], window: 1000, topK: 4, answerLengths: [] }),
    encode: (text) => Promise.resolve(runnable.encodeText(text)),
    pieces: () => (id) => new TextEncoder().encode(` t${id}`),
    async *run(request, signal, from) {
      const options = { signal, now: () => ++clock, ...(from && { from }) }
      for await (const { event } of runSteps(runnable, request, options)) yield event
    },
    dispose: () => undefined,
  }
}
