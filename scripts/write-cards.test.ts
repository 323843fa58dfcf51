import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cardsOf } from './write-cards.ts'

test('the cards of the gallery show what the recordings hold: after a new one, npm run cards', () => {
  const file = new URL('../public/recordings/written.json', import.meta.url)
  const cards = JSON.parse(readFileSync(file, 'utf8'))
  expect(cards).toEqual(cardsOf())
  expect(cards['open-rain.json'].map(([text]: [string]) => text).join('')).toMatch(
    /^\s?A rainy day in London/,
  )
  // Every token of a run says its pass, and runs begin with the first.
  for (const [name, places] of Object.entries<[string, string][]>(cards)) {
    expect(places.length, name).toBeGreaterThan(0)
    for (const [, tint] of places) expect(tint, name).toMatch(/^order-\d+$|^$/)
  }
})
