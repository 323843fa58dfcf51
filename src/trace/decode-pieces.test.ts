import { describe, expect, it } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { answerText, cellTexts } from './decode-pieces.ts'
import { frameAt } from './frame-at.ts'
import { spell } from './testing/spell.ts'
import { diffusionTrace } from './testing/traces.ts'

const { mask, end } = VOCABULARY

describe('cellTexts', () => {
  it('shows a character that is split over tokens in its last one', () => {
    expect(cellTexts([7, 3, 4, 8], spell, VOCABULARY)).toEqual(['h', ' ', 'é', 'i'])
  })

  it('breaks a character that a mask or an end stands in', () => {
    expect(cellTexts([3, mask, 4], spell, VOCABULARY)).toEqual([' \uFFFD', '', '\uFFFD'])
    expect(cellTexts([3, end, end], spell, VOCABULARY)).toEqual([' \uFFFD', '', ''])
  })

  it('keeps newlines and indentation', () => {
    const code = ['if x:\n', '\t', '  y\r\n'].map((text) => new TextEncoder().encode(text))
    expect(cellTexts([3, 4, 5], (id) => code[id - 3]!, VOCABULARY).join('')).toBe('if x:\n\t  y\r\n')
  })
})

describe('answerText', () => {
  it('stops at the first end and leaves masks out', () => {
    expect(answerText([7, mask, 3, 4, end, 9], spell, VOCABULARY)).toBe('h é')
    expect(answerText([], spell, VOCABULARY)).toBe('')
  })

  it('reads a frame without its guesses', () => {
    const model = { seed: 4, k: 12, sharpness: 12, endBias: null }
    const trace = diffusionTrace({ ...defaultDiffusionSettings(6), steps: 6 }, model)
    const ids = frameAt(trace, 6).cells.map(({ id }) => id)
    expect(answerText(frameAt(trace, 6), spell, VOCABULARY)).toBe(answerText(ids, spell, VOCABULARY))
    const [first] = trace.steps[0]!.commits
    expect(frameAt(trace, 1).cells.some(({ state }) => state === 'guess')).toBe(true)
    expect(answerText(frameAt(trace, 1), spell, VOCABULARY)).toBe(answerText([first!.id], spell, VOCABULARY))
  })
})
