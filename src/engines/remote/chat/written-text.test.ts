import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writtenText } from './written-text.ts'

function pieces(deltas: readonly string[]): readonly string[] {
  const written = writtenText()
  for (const delta of deltas) written.add(delta)
  written.end()
  return written.pieces
}

it('counts no blank by itself, wherever the chunks are cut', () => {
  const cuts = [
    ['models ', 'are ', 'here\n', '\n', 'now'],
    ['models', ' are', ' here', '\n\nnow'],
    ['models are here\n\nnow'],
    ['models', ' ', 'are', ' ', 'here', '\n', '\n', 'now'],
  ]
  for (const deltas of cuts) {
    expect(pieces(deltas)).toHaveLength(4)
    expect(pieces(deltas).join('')).toBe('models are here\n\nnow')
  }
  expect(pieces(['done', '\n'])).toEqual(['done', '\n'])
  expect(pieces([' ', '\n'])).toEqual([' \n'])
})

it('loses nothing of a text that is cut anywhere, halves of characters and blanks included', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.constantFrom('😀', ' ', '\n', 'word', '👩🏽‍🚀', '\ud83d', '\ude00', 'x'.repeat(40)), {
        maxLength: 20,
      })
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 10 }), (whole, places) => {
      const cuts = [
        0,
        ...places.map((at) => Math.min(at, whole.length)).toSorted((a, b) => a - b),
        whole.length,
      ]
      const written = pieces(cuts.slice(1).map((cut, at) => whole.slice(cuts[at], cut)))
      expect(written.join('')).toBe(whole)
      for (const piece of written) {
        expect(new TextEncoder().encode(piece).length).toBeLessThanOrEqual(255)
        if (whole.isWellFormed()) expect(piece.isWellFormed()).toBe(true)
      }
    }),
  )
})

it('takes a text of a million words', () => {
  expect(pieces(['word '.repeat(1_000_000)])).toHaveLength(1_000_000)
})
