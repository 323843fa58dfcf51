import fc from 'fast-check'
import { expect, it } from 'vitest'
import { autoregressiveSettings } from './autoregressive-settings.ts'
import { changeSettings } from './change-settings.ts'
import { checkSettings } from './check-settings.ts'
import { defaultDiffusionSettings } from './default-settings.ts'
import { ownSettings } from './own-settings.ts'
import { STRATEGY_NAMES, strategyOf } from './strategies/strategy-of.ts'
import { arbitrarySettings } from './testing/arbitrary-run.ts'

it('keeps no blocks, and tokens a step, when the answer grows', () => {
  const settings = { ...defaultDiffusionSettings(64), steps: 32 }
  expect(changeSettings(settings, { answerLength: 96 })).toMatchObject({ blockLength: 96, steps: 48 })
})

it('gives settings that can be run, whatever answer length and strategy are chosen', () => {
  const answerLength = fc.constantFrom(1, 16, 31, 32, 64, 128)
  fc.assert(
    fc.property(arbitrarySettings(), answerLength, fc.constantFrom(...STRATEGY_NAMES), (from, length, to) => {
      const settings = changeSettings(from, { answerLength: length, strategy: to })
      expect(checkSettings(settings)).toEqual([])
      expect(Object.keys(settings).toSorted()).toEqual(
        Object.keys(defaultDiffusionSettings(1, to)).toSorted(),
      )
    }),
  )
})

it('brings another strategy’s own settings as they start, and keeps those that both have', () => {
  const rushed = { ...defaultDiffusionSettings(64), seed: 7, steps: 8 }
  const threshold = changeSettings(rushed, { strategy: 'threshold' })
  expect(threshold).toEqual({ ...defaultDiffusionSettings(64, 'threshold'), seed: 7 })
  expect(changeSettings(threshold, { strategy: 'margin' })).toMatchObject({ steps: 64, seed: 7 })
  expect(changeSettings(rushed, { strategy: 'margin' })).toEqual({ ...rushed, strategy: 'margin' })
})

it('drops what the strategy does not have', () => {
  expect(changeSettings(defaultDiffusionSettings(64), { threshold: 0.5 })).toEqual(
    defaultDiffusionSettings(64),
  )
})

it.each(STRATEGY_NAMES)('spends the budget that it is given: %s', (name) => {
  const { measured, spending, budget } = strategyOf(name)
  const before = defaultDiffusionSettings(96, name)
  for (const { budgets } of measured) {
    for (const wanted of budgets) {
      const settings = changeSettings(before, spending(wanted, 96))
      expect(budget(ownSettings(settings), 96)).toBe(wanted)
    }
  }
})

it('gives the lane beside it what both decoders know', () => {
  const settings = { ...defaultDiffusionSettings(64), temperature: 0.5, seed: 3, topK: 4 }
  expect(autoregressiveSettings(settings)).toEqual({ answerLength: 64, temperature: 0.5, seed: 3, topK: 4 })
})
