import { expect, it } from 'vitest'
import { inWords, retryAfter } from './retry-after.ts'

const NOW = Date.parse('Wed, 21 Oct 2026 07:27:30 GMT')

it.each([
  [{ 'retry-after': '12' }, 12],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.5' }, 2],
  [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, 30],
  [{ 'retry-after': 'Wednesday, 21-Oct-26 07:28:00 GMT' }, 30],
  [{ 'retry-after': 'Wed Oct 21 07:28:00 2026 GMT' }, 30],
  [{ 'retry-after': '2026-10-21T07:28:00Z' }, 30],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
  // Their clock is a minute behind this one.
  [{ 'retry-after': 'Wed, 21 Oct 2026 07:26:50 GMT', date: 'Wed, 21 Oct 2026 07:26:30 GMT' }, 20],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '-5' }, null],
  [{ 'retry-after': '1e9' }, null],
  [{ 'retry-after': '99999999' }, null],
  [{ 'retry-after': '' }, null],
  [{}, null],
])('reads %j', (headers, seconds) => {
  expect(retryAfter(new Headers(headers as Record<string, string>), NOW)).toBe(seconds)
})

it('says a wait as people do', () => {
  expect([0, 30, 120, 121, 7200, 7201].map(inWords)).toEqual([
    ...['now', 'in 30 s', 'in 120 s', 'in 3 minutes', 'in 120 minutes', 'in 3 hours'],
  ])
})
