import { describe, expect, it } from 'vitest'
import { choose, gumbelNoise } from './choose.ts'
import { randomAt } from './random.ts'
import { predictionOf } from './testing/arbitrary-run.ts'

const prediction = predictionOf([
  [
    [7, 0.5],
    [3, 0.3],
    [5, 0.15],
    [9, 0.05],
  ],
])
const all = () => true

function frequencies(temperature: number, topK: number, isAllowed: (id: number) => boolean = all) {
  const draws = 20_000
  const random = randomAt(11, 1)
  const counts = new Map<number, number>()
  for (let draw = 0; draw < draws; draw++) {
    const reading = choose(prediction, 0, isAllowed, { temperature, topK }, gumbelNoise(4, random))!
    counts.set(reading.id, (counts.get(reading.id) ?? 0) + 1 / draws)
  }
  return (id: number) => counts.get(id) ?? 0
}

describe('choose', () => {
  it('takes the most probable allowed candidate', () => {
    const sampling = { temperature: 0, topK: 1 }
    expect(choose(prediction, 0, all, sampling, null)).toMatchObject({ id: 7 })
    const reading = choose(prediction, 0, (id) => id !== 7, sampling, null)!
    expect(reading.id).toBe(3)
    expect(reading.probability).toBeCloseTo(0.3, 6)
    expect(reading.margin).toBeCloseTo(0.15, 6)
    expect(choose(prediction, 0, () => false, sampling, null)).toBeNull()
  })

  it('draws at temperature 1 as often as the model says', () => {
    const share = frequencies(1, 4)
    expect(share(7)).toBeCloseTo(0.5, 1)
    expect(share(3)).toBeCloseTo(0.3, 1)
    expect(share(9)).toBeCloseTo(0.05, 1)
  })

  it('sharpens below temperature 1 and keeps to the first topK allowed', () => {
    const sharp = frequencies(0.5, 4)
    expect(sharp(7)).toBeCloseTo(0.25 / (0.25 + 0.09 + 0.0225 + 0.0025), 1)
    const two = frequencies(1, 2, (id) => id !== 3)
    expect(two(7)).toBeCloseTo(0.5 / 0.65, 1)
    expect(two(9)).toBe(0)
  })
})
