import { expect, test } from 'vitest'
import { megabytes, milliseconds, parameters, percent, ratio } from './numbers.ts'

test('every number keeps the digits that matter, and its unit', () => {
  expect([0, 0.0123, 0.5, 0.994, 0.9999, 1].map(percent)).toEqual([
    '0 %',
    '1.2 %',
    '50 %',
    '99.4 %',
    '100 %',
    '100 %',
  ])
  expect([0, 4.123, 78.26, 312.4, 1452, 12_340].map(milliseconds)).toEqual([
    '0.00 ms',
    '4.12 ms',
    '78.3 ms',
    '312 ms',
    '1.45 s',
    '12.3 s',
  ])
  expect([0.5, 12.34, 179.3].map(ratio)).toEqual(['0.50', '12.3', '179'])
  expect(megabytes(9_840_000)).toBe('9.8')
  expect([950, 6_300_000, 8_000_000_000].map(parameters)).toEqual(['1 k', '6.3 M', '8.0 B'])
})
