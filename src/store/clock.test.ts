import { expect, test } from 'vitest'
import { followedStep, jointEnd, slowdown, stepAt } from './clock.ts'
import { traceOf } from './testing.ts'

const leader = traceOf('diffusion', [10, 20])
const follower = traceOf('autoregressive', [4, 8, 12, 30])

test('the step at a time is the last one that was done', () => {
  expect([0, 9, 10, 19, 20, 99].map((ms) => stepAt(leader, ms))).toEqual([0, 0, 1, 1, 2, 2])
})

test('the end of both lanes, by rule', () => {
  expect(jointEnd('time', leader, follower)).toBe(30)
  expect(jointEnd('passes', leader, follower)).toBe(40)
  expect(jointEnd('share', leader, follower)).toBe(20)
  expect(jointEnd('time', null, follower)).toBe(0)
  expect(jointEnd('time', leader, null)).toBe(20)
})

test('same time: the follower moves between the leader’s steps and beyond its last', () => {
  const at = (step: number, ms: number) => followedStep('time', leader, follower, { step, ms })
  expect([at(0, 0), at(0, 9), at(1, 12), at(2, 29), at(2, 30)]).toEqual([0, 2, 3, 3, 4])
})

test('same forward passes: beyond the leader’s last step a pass takes as long as its passes took', () => {
  const at = (step: number, ms: number) => followedStep('passes', leader, follower, { step, ms })
  expect([at(0, 0), at(1, 10), at(2, 20), at(2, 30), at(2, 40)]).toEqual([0, 1, 2, 3, 4])
})

test('same share done', () => {
  const at = (step: number) => followedStep('share', leader, follower, { step, ms: 0 })
  expect([at(0), at(1), at(2)]).toEqual([0, 2, 4])
})

test('without a leader the follower stands at its newest step', () => {
  expect(followedStep('time', null, follower, { step: 0, ms: 0 })).toBe(4)
})

test('a short run is slowed down until it can be seen, a long one is not', () => {
  expect([5000, 4000, 3999, 300, 0].map(slowdown)).toEqual([1, 1, 2, 16, 1])
  for (let ms = 1; ms < 4000; ms += 7) expect(ms * slowdown(ms)).toBeGreaterThanOrEqual(4000)
})
