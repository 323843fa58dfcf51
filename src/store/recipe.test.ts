import { expect, test } from 'vitest'
import { changeSettings } from '../core/change-settings.ts'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import { createRecipeStore, plansOf } from './recipe.ts'

const BUILT_IN = defaultDiffusionSettings(80)
const SERVER = { id: 'big', label: 'Big', protocol: 'oip', model: 'Test', replicas: 1 } as Upstream

test('a recording’s settings are adopted until a setting was chosen', () => {
  const store = createRecipeStore(BUILT_IN)
  const adopted = { ...defaultDiffusionSettings(48), seed: 7 }
  store.getState().adopt(adopted)
  expect(store.getState().settings).toEqual(adopted)
  store.getState().change({ strategy: 'margin' })
  store.getState().adopt(defaultDiffusionSettings(32))
  expect(store.getState().settings).toEqual(changeSettings(adopted, { strategy: 'margin' }))
})

test('back to the defaults is back to the built-in ones, whatever is shown', () => {
  const store = createRecipeStore(BUILT_IN)
  store.getState().adopt(defaultDiffusionSettings(48, 'threshold'))
  store.getState().setPlace('diffusion', SERVER)
  store.getState().reset()
  expect(store.getState()).toMatchObject({ settings: BUILT_IN, places: {}, touched: false })
})

test('a lane runs where it was put, or on this device again', () => {
  const store = createRecipeStore(BUILT_IN)
  store.getState().setPlace('diffusion', SERVER)
  store.getState().setPlace('autoregressive', SERVER)
  store.getState().setPlace('diffusion', null)
  expect(store.getState().places).toEqual({ autoregressive: SERVER })
})

test('another model brings its own settings unless some were chosen, and takes no other model’s', () => {
  const open = { ...defaultDiffusionSettings(48), temperature: 0.3 }
  const store = createRecipeStore(BUILT_IN, open)
  store.getState().setModel('open', 'page')
  expect(store.getState()).toMatchObject({ model: 'open', settings: open, modelChosen: false })
  store.getState().adopt(BUILT_IN, 'small')
  expect(store.getState().settings).toEqual(open)
  store.getState().adopt({ ...open, seed: 9 }, 'open')
  expect(store.getState().settings.seed).toBe(9)
  store.getState().change({ strategy: 'random' })
  store.getState().setModel('small', 'person')
  expect(store.getState()).toMatchObject({
    model: 'small',
    settings: { strategy: 'random' },
    modelChosen: true,
  })
})

test('each lane may run on a model of its own', () => {
  const store = createRecipeStore(BUILT_IN)
  store.getState().setModel('open', 'person')
  store.getState().setLaneModel('autoregressive', 'small')
  expect(plansOf(store.getState()).map(({ model }) => model)).toEqual(['open', 'small'])
  store.getState().setLaneModel('autoregressive', null)
  expect(plansOf(store.getState()).map(({ model }) => model)).toEqual(['open', 'open'])
})

test('a fresh run makes two lanes of one prompt, which share what both decoders know', () => {
  const settings = { ...BUILT_IN, temperature: 0.5, seed: 3, topK: 4 }
  const plans = plansOf({ ...createRecipeStore(settings).getState(), prompt: 'p' })
  expect(plans).toEqual([
    {
      id: 'diffusion',
      name: 'Diffusion',
      model: 'small',
      request: { decoder: 'diffusion', prompt: 'p', settings },
    },
    {
      id: 'autoregressive',
      name: 'Autoregressive',
      model: 'small',
      request: {
        decoder: 'autoregressive',
        prompt: 'p',
        settings: { answerLength: 80, temperature: 0.5, seed: 3, topK: 4 },
      },
    },
  ])
})
