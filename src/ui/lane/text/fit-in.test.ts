import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIT_SIZES, fitIn } from './fit-in.ts'

test('a token is set as large as its place allows, and is cut only where nothing readable fits', () => {
  expect(fitIn(2, 1.9)).toBe('whole')
  expect(fitIn(2, 2.3)).toBe('small')
  expect(fitIn(2, 2.9)).toBe('smallest')
  expect(fitIn(0.45, 3.8)).toBe('cut')
})

test('what is not cut has room, and more room never sets it smaller', () => {
  const width = fc.double({ min: 0, max: 30, noNaN: true })
  const sizeOf = (room: number, wide: number) => {
    const fit = fitIn(room, wide)
    return fit === 'cut' ? 0 : FIT_SIZES[fit]
  }
  fc.assert(
    fc.property(width, width, width, (room, more, wide) => {
      expect(sizeOf(room, wide) * wide).toBeLessThanOrEqual(room + 0.11)
      expect(sizeOf(room + more, wide)).toBeGreaterThanOrEqual(sizeOf(room, wide))
    }),
  )
})
