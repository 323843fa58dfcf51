import { expect, test } from 'vitest'
import type { Upstream } from '../../engines/remote/upstream.ts'
import { tabStorage } from '../testing/archives.ts'
import { testPage } from '../testing/page.ts'
import { settle } from '../testing/scripted.ts'
import { keepPage, LEFT } from './keep-page.ts'
import { readPage, writePage } from './page.ts'

const SERVER = { id: 's', label: 'S', protocol: 'oip', model: 'm' } as Upstream

/** A page that a tab loads. */
function load(storage: ReturnType<typeof tabStorage>, hash: string, offered: readonly Upstream[] = []) {
  const page = testPage({}, hash)
  const atLoad = keepPage({ ...page.stores, offered: () => Promise.resolve(offered) }, storage, hash)
  return { ...page, atLoad }
}

test('prompt, settings, device and places come back with what was shown', async () => {
  const storage = tabStorage()
  const { stores } = load(storage, '#recording/a')
  const { setPrompt, change, setDevice, setPlace } = stores.recipe.getState()
  setPrompt('typed')
  change({ strategy: 'threshold', threshold: 0.7, answerLength: 48, seed: 9 })
  setDevice('wasm')
  setPlace('diffusion', SERVER)
  const before = stores.recipe.getState()
  const again = load(storage, '#recording/a', [SERVER])
  await settle()
  const { prompt, settings, device, places, touched } = again.stores.recipe.getState()
  expect({ prompt, settings, device, places, touched }).toEqual({
    prompt: 'typed',
    settings: before.settings,
    device: 'wasm',
    places: { diffusion: SERVER },
    touched: true,
  })
  expect(again.atLoad).toEqual({ keepsRecipe: true })
})

test('another address in the same tab has its own prompt; a place that is gone is told', async () => {
  const storage = tabStorage()
  const { stores } = load(storage, '')
  stores.recipe.getState().setPrompt('typed')
  stores.recipe.getState().setPlace('diffusion', SERVER)
  const again = load(storage, '#recording/b')
  await settle()
  expect(again.atLoad).toEqual({})
  expect(again.stores.recipe.getState()).toMatchObject({ prompt: '', places: {} })
  expect(again.stores.notices.getState().notice).toMatch(/Diffusion was to run on s, which is not offered/)
})

test('a tab that was left in mid-run tells so once; before the first step, and after the end, it does not', async () => {
  const storage = tabStorage()
  const { stores, engine } = load(storage, '')
  const left = () => readPage(storage)
  const going = stores.run.getState().start({ ...stores.recipe.getState(), prompt: 'p' })
  await settle()
  expect(left()?.running).toBe(false)
  await engine.release(2)
  const address = stores.opening.getState().address
  expect(left()).toMatchObject({ running: true, address })
  const copy = tabStorage()
  for (const [key, value] of storage.kept) copy.setItem(key, value)
  expect(load(copy, address).atLoad).toEqual({ keepsRecipe: true, note: LEFT })
  expect(load(storage, '').atLoad).toEqual({})
  await engine.release(20)
  await going
  expect(left()?.running).toBe(false)
})

test('what a tab holds is read with care: anything else is as nothing', () => {
  const storage = tabStorage()
  const whole = JSON.stringify(load(storage, '').stores && readPage(storage))
  expect(readPage(null)).toBeNull()
  expect(readPage(storage)).toBeNull()
  const page = {
    address: '#run/x',
    running: false,
    prompt: 'p',
    settings: testPage().stores.recipe.getState().settings,
    touched: true,
    device: 'auto' as const,
    model: 'open' as const,
    places: { diffusion: 's' },
  }
  writePage(storage, page)
  expect(readPage(storage)).toEqual(page)
  const [key] = storage.kept.keys()
  for (const broken of [
    '{"address": 3',
    'null',
    whole,
    JSON.stringify({ ...page, address: 7 }),
    JSON.stringify({ ...page, device: 'toaster' }),
    JSON.stringify({ ...page, settings: { ...page.settings, strategy: 'constructor' } }),
    JSON.stringify({ ...page, settings: { ...page.settings, answerLength: -1 } }),
    JSON.stringify({ ...page, prompt: 'x'.repeat(200_000) }),
  ]) {
    storage.setItem(key!, broken)
    expect(readPage(storage)).toBeNull()
  }
  storage.setItem(key!, JSON.stringify({ ...page, places: { a: 3, b: 'x'.repeat(1000) } }))
  expect(readPage(storage)?.places).toEqual({})
  writePage(storage, { ...page, prompt: 'x'.repeat(200_000) })
  expect(readPage(storage)?.prompt).toBe('')
  storage.getItem = () => {
    throw new DOMException('closed', 'SecurityError')
  }
  expect(readPage(storage)).toBeNull()
})
