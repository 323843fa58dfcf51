import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { follow } from './follow.ts'
import { arbitraryTrace, autoregressiveTrace } from './testing/traces.ts'

const model = { seed: 3, k: 12, sharpness: 1, endBias: null }
const settings = { answerLength: 10, temperature: 0, topK: 1, seed: 1 }
const slow = autoregressiveTrace({ ...settings, answerLength: 4 }, model, 25)
const fast = autoregressiveTrace(settings, model, 10)

describe('follow', () => {
  it('by time: the last step that had ended by then', () => {
    expect([0, 1, 2, 3, 4].map((step) => follow('time', slow, fast, step))).toEqual([0, 2, 5, 7, 10])
    expect([0, 1, 2, 3, 10].map((step) => follow('time', fast, slow, step))).toEqual([0, 0, 0, 1, 4])
  })

  it('by passes: the same step, as far as there is one', () => {
    expect([0, 1, 4].map((step) => follow('passes', slow, fast, step))).toEqual([0, 1, 4])
    expect(follow('passes', fast, slow, 9)).toBe(4)
  })

  it('by share: as far on its own way', () => {
    expect([0, 1, 2, 3, 4].map((step) => follow('share', slow, fast, step))).toEqual([0, 3, 5, 8, 10])
  })

  it('never goes back while the leader goes on, and stays within the follower', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('time', 'passes', 'share'),
        arbitraryTrace,
        arbitraryTrace,
        (rule, leader, follower) => {
          let before = follow(rule, leader, follower, 0)
          expect(before).toBe(0)
          for (let step = 1; step <= leader.steps.length; step++) {
            const now = follow(rule, leader, follower, step)
            expect(now).toBeGreaterThanOrEqual(before)
            expect(now).toBeLessThanOrEqual(follower.steps.length)
            before = now
          }
          if (rule === 'share') expect(before).toBe(follower.steps.length)
        },
      ),
    )
  })
})
