import { expect, it } from 'vitest'
import { tailStart, END_FLOOR } from './end-of-sequence.ts'
import { strategyOf } from './strategies/strategy-of.ts'
import { VOCABULARY } from './testing/arbitrary-run.ts'

const { mask, end } = VOCABULARY

it('a tail takes ends at the very floor, and stops at the first below it or at content', () => {
  const reading = (id: number, probability: number) => ({ id, probability, margin: 0, entropy: 0 })
  const readings = new Map([
    [1, reading(end, 0.99)],
    [2, reading(end, END_FLOOR - 1e-9)],
    [3, reading(end, END_FLOOR)],
  ])
  const canvas = Int32Array.of(7, mask, mask, mask, end, mask)
  expect(tailStart(canvas, readings, [0, 5], end, END_FLOOR)).toBe(3)
  expect(tailStart(canvas, readings, [0, 5], end, 0)).toBe(1)
  expect(tailStart(canvas, readings, [0, 6], end, 0)).toBe(6)
})

it('the threshold takes what equals it, the factor only what stays below', () => {
  const applicant = (probability: number, place: number) => ({ probability, place, of: 4, quota: 4 })
  const own = { threshold: 0.9, factor: 0.5 }
  const threshold = strategyOf('threshold').select
  expect(threshold(applicant(0.9, 3), own)).toEqual({ rule: 'threshold', threshold: 0.9, of: 4 })
  expect(threshold(applicant(0.9 - 1e-9, 1), own)).toBeNull()
  const factor = strategyOf('factor').select
  expect(factor(applicant(0.75, 1), own)).toBeNull()
  expect(factor(applicant(0.875, 2), own)).toEqual({ rule: 'factor', factor: 0.5, of: 4 })
})
