import { expect, it } from 'vitest'
import { writeRow } from './padding.ts'

it('writes a row over what stood there, and nothing of its neighbours', () => {
  const inputs = { ids: new Int32Array(12).fill(9), bias: new Float32Array(12).fill(7) }
  writeRow(inputs, { row: 1, window: 4, pad: 2 }, [5], Int32Array.of(6, 7))
  expect([...inputs.ids]).toEqual([9, 9, 9, 9, 5, 6, 7, 2, 9, 9, 9, 9])
  expect([...inputs.bias]).toEqual([7, 7, 7, 7, 0, 0, 0, -10_000, 7, 7, 7, 7])
})
