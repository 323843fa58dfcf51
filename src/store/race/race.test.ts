import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSettings } from '../../core/check-settings.ts'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import { STRATEGY_NAMES, strategyOf } from '../../core/strategies/strategy-of.ts'
import { MODEL_IDS } from '../../engines/model/bundled-models.ts'
import { comparisonOfTraces, traceOf } from '../testing/scripted.ts'
import { plansLike } from './plans-like.ts'
import { PRESETS } from './presets.ts'
import { racePlans } from './race-plans.ts'
import { LEAST_RUNNERS, runnerNames, spendsTokens, type Runner } from './runner.ts'

const RECIPE = { prompt: 'p', settings: { ...defaultDiffusionSettings(24), seed: 7 } }

const runner: fc.Arbitrary<Runner> = fc
  .record({
    way: fc.constantFrom(...STRATEGY_NAMES, 'autoregressive' as const),
    tokens: fc.integer({ min: 1, max: 24 }),
    share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    temperature: fc.constantFrom(0, 0.3, 1),
    model: fc.constantFrom(...MODEL_IDS),
  })
  .map(({ tokens, share, ...rest }) => ({
    ...rest,
    budget: rest.way === 'autoregressive' || spendsTokens(rest.way) ? tokens : share,
  }))

test('every lane of a race has a name and an id of its own, one prompt, one seed, and settings that can be run', () => {
  fc.assert(
    fc.property(fc.array(runner, { minLength: LEAST_RUNNERS, maxLength: 6 }), (runners) => {
      const plans = racePlans(RECIPE, runners)
      expect(new Set(plans.map(({ id }) => id)).size).toBe(runners.length)
      expect(new Set(plans.map(({ name }) => name)).size).toBe(runners.length)
      for (const [at, { request, model }] of plans.entries()) {
        const { way, budget, temperature } = runners[at]!
        expect(checkSettings(request.settings)).toEqual([])
        expect(request).toMatchObject({ prompt: 'p', settings: { seed: 7, answerLength: 24, temperature } })
        expect(model).toBe(runners[at]!.model)
        if (request.decoder === 'autoregressive') expect(way).toBe('autoregressive')
        else {
          expect(request.settings.strategy).toBe(way)
          expect(request.settings).toMatchObject(strategyOf(request.settings.strategy).spending(budget, 24))
        }
      }
    }),
  )
})

test.each([
  ['Strategies', ['Low confidence', 'Margin', 'Entropy', 'Random']],
  ['Budgets', ['1 a pass', '2 a pass', '4 a pass', '8 a pass']],
  ['Thresholds', ['Threshold 0.6', 'Threshold 0.8', 'Threshold 0.95', 'Autoregressive']],
  ['Temperatures', ['Temperature 0', 'Temperature 0.3', 'Temperature 0.7', 'Temperature 1.2']],
  ['Revision', ['Low confidence', 'ReMDM cap', 'ReMDM rescale', 'ReMDM confidence']],
  [
    'Models',
    [
      'Low confidence · small world',
      'Autoregressive · small world',
      'Low confidence · open world',
      'Autoregressive · open world',
    ],
  ],
])('the lanes of the preset %s are called by what tells them apart', (name, names) => {
  const preset = PRESETS.find((each) => each.name === name)!
  expect(runnerNames(preset.runners('small', 0))).toEqual(names)
})

test('a race that was sent runs here with the settings of each lane; a fork, an edit and the usual two are not one', () => {
  const usual = comparisonOfTraces({
    diffusion: traceOf('diffusion', [1, 2]),
    autoregressive: traceOf('autoregressive', [1]),
  })
  expect(plansLike(usual)).toBeNull()
  const lanes = usual.lanes.map((lane, at) => ({
    ...lane,
    id: `race-${at + 1}`,
    trace: {
      ...lane.trace!,
      header: { ...lane.trace!.header, model: { ...lane.trace!.header.model, name: 'diffuscope-small' } },
    },
  }))
  const race = { ...usual, lanes }
  expect(plansLike(race)).toEqual(
    lanes.map(({ id, name, decoder, trace }) => ({
      id,
      name,
      model: 'small',
      request: { decoder, prompt: race.prompt, settings: trace.header.settings },
    })),
  )
  const [first, second] = lanes
  expect(
    plansLike({ ...race, lanes: [first!, { ...second!, parent: { lane: first!.id, step: 1 } }] }),
  ).toBeNull()
  expect(plansLike({ ...race, lanes: [first!, { ...second!, trace: null }] })).toBeNull()
})
