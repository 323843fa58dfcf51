import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellTexts } from '../decode-pieces.ts'
import { frameAt } from '../frame-at.ts'
import { spell } from '../testing/spell.ts'
import { arbitraryTrace } from '../testing/traces.ts'
import type { Trace } from '../trace.ts'
import { isStill, laidText, roomOf } from './laid-text.ts'
import { coreOf } from './text-places.ts'

const widthOf = (text: string) => text.length * 0.5

test('the lines of a run that has ended are the same at every step, and hold every token that is ever committed', () => {
  fc.assert(
    fc.property(arbitraryTrace, (trace) => {
      const { vocabulary } = trace.header
      const last = laidText(trace, spell, trace.steps.length)
      const room = roomOf(last, widthOf)
      expect(isStill(trace)).toBe(true)
      for (let step = 0; step <= trace.steps.length; step++) {
        expect(laidText(trace, spell, step)).toEqual(last)
        const { cells } = frameAt(trace, step)
        const texts = cellTexts(
          cells.map(({ id }) => id),
          spell,
          vocabulary,
        )
        cells.forEach(({ committedAt }, position) => {
          if (committedAt === undefined) return
          // Halves of one character are drawn when both are there.
          const core = coreOf(texts[position]!)
          if (core.includes('\uFFFD')) return
          expect(room[position]).toBeGreaterThanOrEqual(widthOf(core))
        })
      }
    }),
  )
})

/** Words of two to thirteen letters. */
const letters = (id: number) => new TextEncoder().encode('w'.repeat(id + 2))

const running = (trace: Trace, steps: number): Trace => ({
  ...trace,
  steps: trace.steps.slice(0, steps),
  status: 'running',
})

test('while a run grows, what stands keeps the room it has in the end', () => {
  fc.assert(
    fc.property(arbitraryTrace, (trace) => {
      const whole = roomOf(laidText(trace, letters, 0), widthOf)
      for (let step = 1; step < trace.steps.length; step++) {
        const grown = running(trace, step)
        expect(isStill(grown)).toBe(false)
        const room = roomOf(laidText(grown, letters, step), widthOf)
        frameAt(grown, step).cells.forEach(({ state }, position) => {
          if (state === 'committed') expect(room[position]).toBe(whole[position])
        })
      }
    }),
  )
})

test('a mask of a run that grows is as wide as its likeliest guess, however unlikely', () => {
  fc.assert(
    fc.property(arbitraryTrace, (trace) => {
      fc.pre(trace.header.decoder === 'diffusion' && trace.steps.length > 1)
      const grown = running(trace, 1)
      const [step] = grown.steps
      const { places } = laidText(grown, spell, 1)
      step!.positions.forEach((position, row) => {
        const { kind } = places[position]!
        expect(kind).toBe(step!.guesses[row] === trace.header.vocabulary.end ? 'end' : 'token')
      })
    }),
  )
})

test('a token that takes the place of another has room for both', () => {
  const place = {
    lead: ' ',
    core: 'dog',
    breakable: false,
    joined: false,
    code: false,
    kind: 'token',
  } as const
  const [both, one] = roomOf(
    {
      places: [
        { ...place, held: ['horse', 'dog'] },
        { ...place, held: ['dog'] },
      ],
      rightToLeft: false,
    },
    widthOf,
  )
  expect(one).toBe(1.5)
  expect(both).toBeGreaterThan(1.5 + 0.8 * 2.5)
})
