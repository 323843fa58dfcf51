import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textPlaces } from '../../trace/text/text-places.ts'
import { layLines } from './lay-lines.ts'

const token = fc.constantFrom(' the', ' fox', 'es', ',', '\n', ' lantern', 's', '.', '\n    ', ' a')

test('places stand after one another, within the width where a word fits, and never lie over each other', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), fc.integer({ min: 10, max: 60 }), (texts, width) => {
      const places = textPlaces(texts)
      const room = places.map(({ core }) => core.length)
      const standings = layLines(places, room, 1, width)
      standings.forEach(({ line, x }, at) => {
        const before = standings[at - 1]
        if (before === undefined) return
        expect(line).toBeGreaterThanOrEqual(before.line)
        if (line === before.line) expect(x).toBeGreaterThanOrEqual(before.x + room[at - 1]!)
        // A word that is broken begins with a blank, or a place where it may be broken.
        if (line !== before.line) expect(places[at]!.lead !== '' || places[at]!.breakable).toBe(true)
        if (x > 0 && places[at]!.lead === ' ') expect(x + room[at]!).toBeLessThanOrEqual(width)
      })
    }),
  )
})

test('lines break where the text does, and indentation stays', () => {
  const places = textPlaces(['def', ' f', ':', '\n    ', 'return'])
  const standings = layLines(places, [3, 1, 1, 0, 6], 1, 40)
  expect(standings.map(({ line }) => line)).toEqual([0, 0, 0, 0, 1])
  expect(standings.at(-1)!.x).toBe(4)
})
