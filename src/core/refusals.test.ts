import { describe, expect, it } from 'vitest'
import { startAutoregressive } from './autoregressive-state.ts'
import { checkSettings } from './check-settings.ts'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from './default-settings.ts'
import { denoise } from './denoise.ts'
import { startDiffusion } from './diffusion-state.ts'
import type { Prediction } from './prediction.ts'
import { randomAt } from './random.ts'
import { STRATEGY_NAMES } from './strategies/strategy-of.ts'
import { predictionOf, settingsOf, VOCABULARY } from './testing/arbitrary-run.ts'

const row = [
  [3, 0.6],
  [4, 0.4],
] as const
const good = predictionOf([row, row])
const run = (prediction: Prediction) => () =>
  denoise(startDiffusion(settingsOf(2, {}), VOCABULARY), prediction, randomAt(1, 1))

describe('denoise refuses', () => {
  it.each<[string, Prediction, RegExp]>([
    ['too few rows', predictionOf([row]), /about 1 positions and not 2/],
    ['arrays of the wrong size', { ...good, ids: new Int32Array(3) }, /do not fit 2 positions with 2/],
    ['NaN', { ...good, logProbs: Float32Array.of(-1, NaN, -1, -2) }, /log-probability of NaN/],
    ['infinity', { ...good, entropy: Float32Array.of(0, Infinity) }, /entropy of Infinity/],
    ['foreign ids', { ...good, ids: Int32Array.of(3, 4, 3, 12) }, /token id 12, outside a vocabulary of 12/],
    ['nothing to choose from', predictionOf([[[0, 0.9]], [[2, 0.9]]]), /Ask it for more candidates/],
  ])('%s', (_, prediction, message) => {
    expect(run(prediction)).toThrow(message)
  })

  it.each([Infinity, NaN])('a log-probability of %d anywhere', (value) => {
    const broken = { ...good, logProbs: Float32Array.of(-0.5, -0.9, -0.5, value) }
    expect(run(broken)).toThrow(/log-probability of/)
  })

  it('a finished run', () => {
    const { state } = denoise(startDiffusion(settingsOf(2, { steps: 1 }), VOCABULARY), good, randomAt(1, 1))
    expect(() => denoise(state, good, randomAt(1, 2))).toThrow(/start another run/)
  })
})

describe('a candidate that cannot come', () => {
  const never = { ...good, logProbs: Float32Array.of(Math.log(0.6), -Infinity, Math.log(0.9), -Infinity) }

  it.each(STRATEGY_NAMES)('has probability 0 for %s, and is never drawn', (strategy) => {
    for (const temperature of [0, 0.5, 1, 100]) {
      const settings = settingsOf(2, { strategy, temperature, topK: 2, steps: 1 })
      for (let seed = 1; seed <= 20; seed++) {
        const { event } = denoise(startDiffusion(settings, VOCABULARY), never, randomAt(seed, 1))
        for (const { id, probability } of event.commits) {
          expect([id, probability]).toEqual([3, expect.closeTo(probability > 0.7 ? 0.9 : 0.6, 5)])
        }
      }
    }
  })

  it('is not taken even where every other one is ruled out', () => {
    const ruledOut = {
      ...predictionOf([
        [
          [0, 0.9],
          [3, 0.1],
        ],
      ]),
      logProbs: Float32Array.of(-0.1, -Infinity),
    }
    expect(() => denoise(startDiffusion(settingsOf(1, {}), VOCABULARY), ruledOut, randomAt(1, 1))).toThrow(
      /Ask it for more candidates/,
    )
  })
})

describe('checkSettings', () => {
  it('accepts the defaults', () => {
    expect(checkSettings(defaultDiffusionSettings(64))).toEqual([])
    expect(checkSettings(defaultAutoregressiveSettings(64))).toEqual([])
  })

  it.each([
    [{ answerLength: 0, blockLength: 1 }, /answer length must be a whole number from 1/],
    [{ answerLength: 1e9 }, /answer length/],
    [{ temperature: -1 }, /temperature must be 0 or more/],
    [{ temperature: NaN }, /temperature/],
    [{ topK: 0 }, /candidates to sample from/],
    [{ seed: 0.5 }, /seed/],
    [{ blockLength: 65 }, /block length/],
    [{ steps: 0 }, /steps/],
    [{ strategy: 'threshold', threshold: Infinity }, /threshold/],
    [{ strategy: 'factor', factor: -1 }, /factor/],
  ] as const)('names what is wrong with %o', (changes, sentence) => {
    const settings = settingsOf(64, changes)
    expect(checkSettings(settings).join(' ')).toMatch(sentence)
    expect(() => startDiffusion(settings, VOCABULARY)).toThrow(sentence)
  })

  it('names the strategies where it does not know one', () => {
    const settings = { ...defaultDiffusionSettings(64), strategy: 'best' as 'random' }
    expect(checkSettings(settings)).toEqual([
      'The strategy must be one of low-confidence, margin, entropy, random, threshold, factor, remdm-cap, remdm-rescale, remdm-conf, editing.',
    ])
  })

  it('is asked before an autoregressive run, too', () => {
    const settings = { ...defaultAutoregressiveSettings(4), topK: 0 }
    expect(() => startAutoregressive(settings, VOCABULARY)).toThrow(/candidates to sample from/)
  })
})
