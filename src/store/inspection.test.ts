import { expect, test } from 'vitest'
import { createInspectionStore } from './inspection.ts'

const one = { lane: 'diffusion', position: 1 } as const
const two = { lane: 'autoregressive', position: 1 } as const

test('pinning a place twice lets it go, another takes over', () => {
  const store = createInspectionStore()
  store.getState().pin(one)
  store.getState().pin(two)
  expect(store.getState().pinned).toEqual(two)
  store.getState().pin({ ...two })
  expect(store.getState()).toMatchObject({ pinned: null, pointed: two })
})

test('pointing at the same place again changes nothing', () => {
  const store = createInspectionStore()
  store.getState().point(one)
  const before = store.getState()
  store.getState().point({ ...one })
  expect(store.getState()).toBe(before)
})
