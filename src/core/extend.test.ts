import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startAutoregressive } from './autoregressive-state.ts'
import { extend } from './extend.ts'
import { randomAt } from './random.ts'
import { arbitraryModel, predictionOf, VOCABULARY, writeToEnd } from './testing/arbitrary-run.ts'

const arbitraryWriting = fc.record({
  answerLength: fc.integer({ min: 1, max: 12 }),
  temperature: fc.constantFrom(0, 1),
  topK: fc.constantFrom(1, 4),
  seed: fc.nat(),
})

describe('extend', () => {
  it('writes one token a step in reading order, up to the end or the length', () => {
    fc.assert(
      fc.property(arbitraryWriting, arbitraryModel, (settings, model) => {
        const { state, events } = writeToEnd(settings, model)
        expect(writeToEnd(settings, model)).toEqual({ state, events })
        events.forEach((event, at) => {
          expect(event.step).toBe(at + 1)
          expect([...event.positions]).toEqual([at])
          expect(event.commits).toHaveLength(1)
          expect(event.commits[0]).toMatchObject({
            position: at,
            id: state.ids[at],
            reason: { rule: 'next' },
          })
        })
        const end = state.ids.indexOf(VOCABULARY.end)
        if (end >= 0) expect(end).toBe(state.ids.length - 1)
        else expect(state.ids.length).toBe(settings.answerLength)
        expect(end).not.toBe(0)
        expect(state.ids.some((id) => VOCABULARY.suppressed.includes(id))).toBe(false)
      }),
    )
  })

  it('refuses a finished answer and a row without anything to choose', () => {
    const start = startAutoregressive({ answerLength: 1, temperature: 0, topK: 1, seed: 0 }, VOCABULARY)
    const prediction = predictionOf([[[3, 0.9]]])
    const { state } = extend(start, prediction, randomAt(0, 1))
    expect(() => extend(state, prediction, randomAt(0, 2))).toThrow(/start another run/)
    const onlyEnd = predictionOf([[[VOCABULARY.end, 0.9]]])
    expect(() => extend(start, onlyEnd, randomAt(0, 1))).toThrow(/more candidates/)
  })
})
