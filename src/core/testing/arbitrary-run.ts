import fc from 'fast-check'
import { startAutoregressive, type AutoregressiveState } from '../autoregressive-state.ts'
import { changeSettings } from '../change-settings.ts'
import { defaultDiffusionSettings } from '../default-settings.ts'
import { denoise } from '../denoise.ts'
import { isFinished, startDiffusion, type DiffusionState } from '../diffusion-state.ts'
import type { Ends } from '../end-of-sequence.ts'
import { extend } from '../extend.ts'
import { plannedPasses } from '../planned-passes.ts'
import type { Prediction } from '../prediction.ts'
import { randomAt } from '../random.ts'
import type { AutoregressiveSettings, DiffusionSettings, SettingsChange } from '../settings.ts'
import type { StepEvent } from '../step-event.ts'
import { STRATEGY_NAMES, type StrategyName } from '../strategies/strategy-of.ts'
import type { Vocabulary } from '../vocabulary.ts'

export const VOCABULARY: Vocabulary = { size: 12, mask: 0, end: 1, suppressed: [0, 2] }

/** A model that answers at random, but the same for the same step. */
export interface ArbitraryModel {
  readonly seed: number
  readonly k: number
  /** Scale of the logits: 0 is uniform (all ties), 12 is almost certain. */
  readonly sharpness: number
  /** Added to the end's logit, more towards the right; null: the end never is a candidate. */
  readonly endBias: number | null
}

/** `[length, k]` of the model's answer at a step. */
export function predict(model: ArbitraryModel, length: number, step: number): Prediction {
  const random = randomAt(model.seed, step)
  const { k } = model
  const prediction = {
    length,
    k,
    ids: new Int32Array(length * k),
    logProbs: new Float32Array(length * k),
    entropy: new Float32Array(length),
  }
  for (let row = 0; row < length; row++) {
    const logits = Array.from({ length: VOCABULARY.size }, (_, id) => {
      const logit = Math.round(random.next() * 4) * 0.25 * model.sharpness
      if (id !== VOCABULARY.end) return logit
      return model.endBias === null ? -50 : logit + (model.endBias * (row + 1)) / length
    })
    const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
    const candidates = logits
      .map((logit, id) => ({ id, logProb: Math.fround(logit - total) }))
      .sort((a, b) => b.logProb - a.logProb || a.id - b.id)
    prediction.entropy[row] = -candidates.reduce((sum, { logProb }) => sum + Math.exp(logProb) * logProb, 0)
    candidates.slice(0, k).forEach(({ id, logProb }, j) => {
      prediction.ids[row * k + j] = id
      prediction.logProbs[row * k + j] = logProb
    })
  }
  return prediction
}

/** Models with and without ends, sharp and flat, with ties; more candidates than can be forbidden. */
export const arbitraryModel: fc.Arbitrary<ArbitraryModel> = fc.record({
  seed: fc.nat(),
  k: fc.integer({ min: 4, max: VOCABULARY.size }),
  sharpness: fc.constantFrom(0, 1, 4, 12),
  endBias: fc.constantFrom(null, 0, 3, 8, 20),
})

/** Settings for one of the strategies, with and without blocks, at temperature 0 and above. */
export function arbitrarySettings(
  strategies: readonly StrategyName[] = STRATEGY_NAMES,
): fc.Arbitrary<DiffusionSettings> {
  return fc
    .integer({ min: 1, max: 20 })
    .chain((answerLength) =>
      fc.record({
        strategy: fc.constantFrom(...strategies),
        answerLength: fc.constant(answerLength),
        blockLength: fc.oneof(fc.constant(answerLength), fc.integer({ min: 1, max: answerLength })),
        steps: fc.integer({ min: 1, max: answerLength + 3 }),
        temperature: fc.constantFrom(0, 0, 0.7, 2),
        topK: fc.constantFrom(1, 3, 8),
        threshold: fc.constantFrom(0.3, 0.9),
        factor: fc.constantFrom(0, 1, 3),
        eta: fc.constantFrom(0, 0.2, 1),
        edit: fc.constantFrom(0.2, 0.6, 1),
        seed: fc.nat(),
      }),
    )
    .map((drawn) => settingsOf(drawn.answerLength, drawn))
}

export function settingsOf(answerLength: number, changes: SettingsChange): DiffusionSettings {
  return changeSettings(defaultDiffusionSettings(answerLength), changes)
}

/** Every state and event of a run; fails when it does not end after the passes that were planned. */
export function runToEnd(
  settings: DiffusionSettings,
  model: ArbitraryModel,
  ends: Ends = 'sure',
): { states: DiffusionState[]; events: StepEvent[] } {
  const states = [startDiffusion(settings, VOCABULARY, ends)]
  const events: StepEvent[] = []
  for (let state = states[0]!; !isFinished(state);) {
    if (events.length >= plannedPasses(settings)) throw new Error('The run does not end.')
    const step = state.step + 1
    const next = denoise(state, predict(model, settings.answerLength, step), randomAt(settings.seed, step))
    state = next.state
    states.push(state)
    events.push(next.event)
  }
  return { states, events }
}

/** The last state and every event of an autoregressive run. */
export function writeToEnd(
  settings: AutoregressiveSettings,
  model: ArbitraryModel,
): { state: AutoregressiveState; events: StepEvent[] } {
  const events: StepEvent[] = []
  let state = startAutoregressive(settings, VOCABULARY)
  while (!state.finished) {
    const step = state.ids.length + 1
    const next = extend(state, predict(model, 1, step), randomAt(settings.seed, step))
    state = next.state
    events.push(next.event)
  }
  return { state, events }
}

/** A prediction written by hand: a row a position, of [id, probability] pairs, all of the same length. */
export function predictionOf(rows: readonly (readonly (readonly [number, number])[])[]): Prediction {
  const k = rows[0]!.length
  return {
    length: rows.length,
    k,
    ids: Int32Array.from(rows.flat(), ([id]) => id),
    logProbs: Float32Array.from(rows.flat(), ([, probability]) => Math.log(probability)),
    entropy: Float32Array.from(rows, (row) => -row.reduce((sum, [, p]) => sum + p * Math.log(p), 0)),
  }
}
