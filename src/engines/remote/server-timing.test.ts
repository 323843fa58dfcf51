import { expect, it } from 'vitest'
import { splitOf } from './server-timing.ts'

it('splits a pass into network, queue and compute where the server says so', () => {
  expect(splitOf('gateway;dur=0.4, upstream;dur=21, queue;dur=6.5, compute;dur=12', 30)).toEqual({
    networkMs: 11.5,
    queueMs: 6.5,
    computeMs: 12,
  })
  expect(splitOf('compute;desc="pass";dur="12"', 10)).toEqual({ networkMs: 0, queueMs: 0, computeMs: 12 })
})

it.each([
  null,
  '',
  'gateway;dur=1, upstream;dur=20',
  'compute',
  'compute;dur=x',
  'compute;dur=-1',
  ';;,,=',
  'dur=3',
])('says nothing that the server did not say: %s', (header) => expect(splitOf(header, 30)).toBeNull())
