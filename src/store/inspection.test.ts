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

test('a range goes from the pinned place to another of its lane, and begins anew in another lane', () => {
  const store = createInspectionStore()
  store.getState().pin(one)
  store.getState().extend({ ...one, position: 4 })
  expect(store.getState().pinned).toEqual({ ...one, to: 4 })
  store.getState().extend({ ...one, position: 0 })
  expect(store.getState().pinned).toEqual({ ...one, to: 0 })
  store.getState().extend(two)
  expect(store.getState().pinned).toEqual(two)
})
