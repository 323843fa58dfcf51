import { expect, test } from 'vitest'
import { shownOfTraces, traceOf } from './testing.ts'
import { verdict } from './verdict.ts'

const slow = traceOf('diffusion', [100, 310])
const quick = traceOf('autoregressive', [60, 120, 180])

test('says when AR was quicker', () => {
  expect(verdict(shownOfTraces(slow, quick))).toBe(
    'AR finished first: 0.18 s against 0.31 s; diffusion needed 2 forward passes against 3.',
  )
})

test('says when diffusion was quicker, and when they cannot be told apart', () => {
  const other = traceOf('autoregressive', [12_000])
  expect(verdict(shownOfTraces(slow, other))).toMatch(/^Diffusion finished first: 0\.31 s against 12\.0 s/)
  expect(verdict(shownOfTraces(slow, traceOf('autoregressive', [311])))).toMatch(/^Both took 0\.31 s/)
})

test('a single pass is one', () => {
  expect(verdict(shownOfTraces(traceOf('diffusion', [40]), quick))).toMatch(
    /diffusion needed 1 forward pass against 3\.$/,
  )
})

test('says nothing of runs that did not end', () => {
  expect(verdict(null)).toBeNull()
  expect(verdict(shownOfTraces(slow, null))).toBeNull()
  expect(verdict(shownOfTraces(traceOf('diffusion', [1], 'stopped'), quick))).toBeNull()
})
