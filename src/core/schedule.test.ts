import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blockOf, quotaOf, stepsOfBlock } from './schedule.ts'

const count = fc.integer({ min: 1, max: 300 })

it('hands out as many quotas as there are masks, evenly and the larger first', () => {
  fc.assert(
    fc.property(count, count, (masks, steps) => {
      const quotas = Array.from({ length: steps }, (_, index) => quotaOf(masks, steps, index))
      expect(quotas.reduce((sum, quota) => sum + quota, 0)).toBe(masks)
      expect(quotas).toEqual(quotas.toSorted((a, b) => b - a))
      expect(quotas[0]! - quotas.at(-1)!).toBeLessThanOrEqual(1)
    }),
  )
})

it('shares all steps out among blocks, at least one each', () => {
  fc.assert(
    fc.property(count, count, count, (answerLength, blockLength, steps) => {
      const blocks = []
      for (let start = 0; start < answerLength; start += blockLength) {
        blocks.push(blockOf(start, blockLength, answerLength))
      }
      const shares = blocks.map((block) => stepsOfBlock(block, steps, answerLength))
      expect(blocks.at(-1)![1]).toBe(answerLength)
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(1)
      const total = shares.reduce((sum, share) => sum + share, 0)
      expect(total).toBeGreaterThanOrEqual(steps)
      expect(total).toBeLessThan(steps + blocks.length)
    }),
  )
})

it('gives equal blocks LLaDA’s steps / blocks', () => {
  expect([0, 32, 64, 96].map((start) => stepsOfBlock(blockOf(start, 32, 128), 64, 128))).toEqual([
    16, 16, 16, 16,
  ])
})
