import { expect, it } from 'vitest'
import { unpack } from './unpack.ts'

// Two candidates: logits, ids, log-sum-exp, entropy.
const packed = Float32Array.from([
  ...[9, 9, 9, 9, 9, 9],
  ...[2, 1, 7, 3, 2.5, 0.75],
  ...[4, 4, 8, 5, 4.5, -1e-7],
])

it('reads the rows that it is asked for as log-probabilities', () => {
  const { length, k, ids, logProbs, entropy } = unpack(packed, 1, 2, 2)
  expect([length, k]).toEqual([2, 2])
  expect([...ids.subarray(0, 2)]).toEqual([7, 3])
  expect([...logProbs]).toEqual([-0.5, -1.5, -0.5, -0.5])
  expect([...entropy]).toEqual([0.75, 0])
})

it('puts the lower of two equally probable ids first', () => {
  expect([...unpack(packed, 2, 1, 2).ids]).toEqual([5, 8])
})

it('keeps a number that is none, so that nobody takes it for a prediction', () => {
  const broken = Float32Array.from([NaN, NaN, 0, 0, NaN, NaN])
  const { logProbs, entropy } = unpack(broken, 0, 1, 2)
  expect(Number.isNaN(logProbs[0]) && Number.isNaN(entropy[0])).toBe(true)
})
