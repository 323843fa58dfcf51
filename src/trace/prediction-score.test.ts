import { expect, test } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { foretold, NO_PREDICTION, scored } from './prediction-score.ts'
import { diffusionTrace } from './testing/traces.ts'

const trace = diffusionTrace(defaultDiffusionSettings(6), { seed: 3, k: 12, sharpness: 1, endBias: null })
const decidedBy = (step: number) => trace.steps[step]!.commits[0]!.position

test('a hit is a place that the next step decides; what is decided already, and the end, are none', () => {
  expect(foretold(trace, 0, decidedBy(0))).toBe(true)
  expect(foretold(trace, 0, decidedBy(1))).toBe(false)
  expect(foretold(trace, 1, decidedBy(0))).toBeNull()
  expect(foretold(trace, trace.steps.length, decidedBy(0))).toBeNull()
})

test('hits, streaks, and what chance would have had', () => {
  let score = scored(NO_PREDICTION, trace, 0, decidedBy(0))
  score = scored(score, trace, 1, decidedBy(1))
  expect(score).toMatchObject({ tries: 2, hits: 2, streak: 2, best: 2 })
  expect(score.byChance).toBeCloseTo(1 / 6 + 1 / 5)
  score = scored(score, trace, 2, decidedBy(3))
  expect(score).toMatchObject({ tries: 3, hits: 2, streak: 0, best: 2 })
  expect(scored(score, trace, 3, decidedBy(0))).toBe(score)
})
