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

const none = () => Promise.resolve(null)

test('the open world is taken where a run of it fits half a minute, and never untimed', () => {
  expect(modelFor(null, 48)).toBe('small')
  expect(modelFor({ ms: 600, device: 'd' }, 48)).toBe('open')
  expect(modelFor({ ms: 700, device: 'd' }, 48)).toBe('small')
})

test('a run of the open world is timed, remembered, and chooses on the next visit; a person’s choice stays', () => {
  const storage = storageWith()
  const first = testPage().stores
  keepOpenPass(first, storage, 48, none)
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
  keepOpenPass(second, storage, 48, none)
  expect(second.recipe.getState()).toMatchObject({ model: 'open', modelChosen: false })

  const third = testPage().stores
  third.recipe.getState().setModel('small', 'person')
  keepOpenPass(third, storage, 48, none)
  expect(third.recipe.getState().model).toBe('small')

  for (const broken of ['{', 'null', '{"ms":"soon"}', '{"ms":-1,"device":"d"}']) {
    const page = testPage().stores
    keepOpenPass(page, storageWith(broken), 48, none)
    expect(page.recipe.getState()).toMatchObject({ model: 'small', openPass: null })
  }
})

test('untimed, the open world is taken for a graphics processor, unless somebody has chosen or run', async () => {
  const gpu = () => Promise.resolve('NVIDIA ampere')
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  const modelOf = async (change: (page: ReturnType<typeof testPage>['stores']) => void, kept?: string) => {
    const page = testPage().stores
    change(page)
    keepOpenPass(page, storageWith(kept), 48, gpu)
    await settle()
    return page.recipe.getState()
  }
  expect(await modelOf(() => undefined)).toMatchObject({
    model: 'open',
    modelChosen: false,
    gpu: 'NVIDIA ampere',
  })
  expect((await modelOf(({ recipe }) => recipe.getState().setModel('small', 'person'))).model).toBe('small')
  expect((await modelOf(({ recipe }) => recipe.getState().setDevice('wasm'))).model).toBe('small')
  expect((await modelOf(({ run }) => run.setState({ begun: '2026-01-01T00:00:00Z' }))).model).toBe('small')
  const slow = await modelOf(() => undefined, '{"ms":9000,"device":"WASM"}')
  expect(slow).toMatchObject({ model: 'small', gpu: null })
})
