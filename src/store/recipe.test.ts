import { expect, test } from 'vitest'
import { checkSettings, defaultDiffusionSettings } from '../core/default-settings.ts'
import { autoregressiveSettings, changeSettings, createRecipeStore } from './recipe.ts'

test('no blocks stay no blocks, and tokens a step stay, when the answer grows', () => {
  const settings = { ...defaultDiffusionSettings(64), steps: 32 }
  expect(changeSettings(settings, { answerLength: 96 })).toMatchObject({ blockLength: 96, steps: 48 })
})

test('whatever answer length is chosen, the settings can be run', () => {
  const settings = { ...defaultDiffusionSettings(64), blockLength: 32, steps: 1 }
  for (const answerLength of [1, 16, 31, 32, 64, 128]) {
    expect(checkSettings(changeSettings(settings, { answerLength }))).toEqual([])
  }
})

test('a recording’s settings are adopted until a setting was chosen; reset goes back to the first ones', () => {
  const store = createRecipeStore()
  const adopted = { ...defaultDiffusionSettings(48), seed: 7 }
  store.getState().adopt(adopted)
  expect(store.getState().settings).toEqual(adopted)
  store.getState().change({ strategy: 'margin' })
  store.getState().adopt(defaultDiffusionSettings(32))
  expect(store.getState().settings).toEqual({ ...adopted, strategy: 'margin' })
  store.getState().reset()
  expect(store.getState()).toMatchObject({ settings: adopted, touched: false })
})

test('both lanes share what both decoders know', () => {
  const settings = { ...defaultDiffusionSettings(64), temperature: 0.5, seed: 3, topK: 4 }
  expect(autoregressiveSettings(settings)).toEqual({ answerLength: 64, temperature: 0.5, seed: 3, topK: 4 })
})
