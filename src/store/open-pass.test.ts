import { expect, test } from 'vitest'
import { BUNDLED_MODELS } from '../engines/model/bundled-models.ts'
import { modelFor } from './model-for.ts'
import { keepOpenPass } from './open-pass.ts'
import { testPage } from './testing/page.ts'
import { comparisonOfTraces, traceOf } from './testing/scripted.ts'

function storageWith(kept?: string) {
  const all = new Map(kept === undefined ? [] : [['diffuscope-open-pass', kept]])
  return {
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => void all.set(key, value),
    removeItem: (key: string) => void all.delete(key),
  }
}

test('the open world is taken where a run of it fits half a minute, and never untimed', () => {
  expect(modelFor(null, 48)).toBe('small')
  expect(modelFor({ ms: 600, device: 'd' }, 48)).toBe('open')
  expect(modelFor({ ms: 700, device: 'd' }, 48)).toBe('small')
})

test('a run of the open world is timed, remembered, and chooses on the next visit; a person’s choice stays', () => {
  const storage = storageWith()
  const first = testPage().stores
  keepOpenPass(first, storage, 48)
  expect(first.recipe.getState()).toMatchObject({ model: 'small', openPass: null })
  const trace = traceOf('diffusion', [1, 2, 3], 'done')
  const model = { ...trace.header.model, name: BUNDLED_MODELS.open.name }
  const ran = {
    ...trace,
    header: { ...trace.header, model },
    steps: trace.steps.map((step) => ({ ...step, passMs: 100 })),
  } as typeof trace
  const shown = comparisonOfTraces({ diffusion: ran, autoregressive: traceOf('autoregressive', [1], 'done') })
  const live = { ...shown, lanes: shown.lanes.map((lane) => ({ ...lane, source: 'live' as const })) }
  first.run.setState({ activity: { kind: 'running', lane: 'diffusion' } })
  first.run.setState({ shown: live, activity: { kind: 'idle' } })
  expect(first.recipe.getState()).toMatchObject({ model: 'small', openPass: { ms: 100 } })

  const second = testPage().stores
  keepOpenPass(second, storage, 48)
  expect(second.recipe.getState()).toMatchObject({ model: 'open', modelChosen: false })

  const third = testPage().stores
  third.recipe.getState().setModel('small', 'person')
  keepOpenPass(third, storage, 48)
  expect(third.recipe.getState().model).toBe('small')

  for (const broken of ['{', 'null', '{"ms":"soon"}', '{"ms":-1,"device":"d"}']) {
    const page = testPage().stores
    keepOpenPass(page, storageWith(broken), 48)
    expect(page.recipe.getState()).toMatchObject({ model: 'small', openPass: null })
  }
})
