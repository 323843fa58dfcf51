import { expect, test } from 'vitest'
import { eventsOf, traceOf } from './testing.ts'
import { append } from '../trace/append.ts'
import { estimateMs } from './estimate.ts'

test('what is left is the planned passes at the pace so far', () => {
  const events = eventsOf('diffusion', [10, 20, 30, 40])
  const begun = events.slice(0, 3).reduce<ReturnType<typeof append> | null>(append, null)!
  expect(estimateMs(begun)).toBe(20)
})

test('nothing is estimated before the first step or after the end', () => {
  expect(estimateMs(append(null, eventsOf('diffusion', [1])[0]!))).toBeNull()
  expect(estimateMs(traceOf('autoregressive', [1, 2]))).toBeNull()
})
