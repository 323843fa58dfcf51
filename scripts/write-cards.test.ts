import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { WrittenText } from '../src/trace/written-text.ts'
import { cardsOf } from './write-cards.ts'

test('the cards of the gallery show what the recordings hold: after a new one, npm run cards', () => {
  const file = new URL('../public/recordings/written.json', import.meta.url)
  const cards = JSON.parse(readFileSync(file, 'utf8'))
  expect(cards).toEqual(cardsOf())
  const text = cards['open-rain.json'].places.map(([part]: [string]) => part).join('')
  expect(text).toMatch(/^\s?A rainy day in London/)
  for (const [name, { passes, places }] of Object.entries<WrittenText>(cards)) {
    const last = Math.max(...places.map(([, pass]) => pass))
    expect(last, name).toBeGreaterThan(0)
    expect(last, name).toBeLessThanOrEqual(passes)
  }
})
