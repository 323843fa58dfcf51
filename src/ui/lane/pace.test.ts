import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('passes glow up to five a second; quicker ones do not, however many come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1 }), (gaps) => {
      const isQuick = createPace()
      let now = 5000
      expect(isQuick(now)).toBe(false)
      for (const gap of gaps) expect(isQuick((now += gap))).toBe(gap < 200)
    }),
  )
})

test('of twenty passes a second over ten seconds one glows', () => {
  const isQuick = createPace()
  const glows = Array.from({ length: 200 }, (_, pass) => isQuick(50 * pass)).filter((quick) => !quick)
  expect(glows).toHaveLength(1)
})
