import { expect, it } from 'vitest'
import { randomAt } from './random.ts'

const STEPS = 4000
const firsts = Array.from({ length: STEPS }, (_, step) => randomAt(7, step + 1).next())

it('draws the same for the same seed and step, and something else for another', () => {
  const draw = (seed: number, step: number) => {
    const random = randomAt(seed, step)
    return [random.next(), random.next()]
  }
  expect(draw(3, 5)).toEqual(draw(3, 5))
  const others = [draw(3, 5), draw(5, 3), draw(3, 6), draw(4, 5), draw(3 + 2 ** 32, 5), draw(0, 0)]
  expect(new Set(others.map(String)).size).toBe(others.length)
})

it('draws uniformly and independently over neighbouring steps', () => {
  const bins = Array(10).fill(0)
  for (const value of firsts) bins[Math.floor(value * 10)]++
  const chiSquared = bins.reduce((sum, count) => sum + (count - STEPS / 10) ** 2 / (STEPS / 10), 0)
  // The 99.9 % quantile with 9 degrees of freedom.
  expect(chiSquared).toBeLessThan(27.9)
  const lagged = firsts.slice(1).reduce((sum, value, at) => sum + (value - 0.5) * (firsts[at]! - 0.5), 0)
  expect(Math.abs((lagged / STEPS) * 12)).toBeLessThan(4 / Math.sqrt(STEPS))
})
