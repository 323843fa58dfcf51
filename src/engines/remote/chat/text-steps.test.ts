import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultDiffusionSettings } from '../../../core/default-settings.ts'
import { answerText } from '../../../trace/decode-pieces.ts'
import { frameAt } from '../../../trace/frame-at.ts'
import type { Trace } from '../../../trace/trace.ts'
import { knowledgeOfText } from '../../../trace/knowledge.ts'
import { splitText } from './split-text.ts'
import { TEXT_VOCABULARY, textSteps } from './text-steps.ts'

const text = fc.string({ unit: 'binary', maxLength: 80 }).map((value) => value.toWellFormed())

it('cuts a text into pieces that join to it, none longer than a link takes', () => {
  fc.assert(
    fc.property(
      fc.oneof(text, fc.constantFrom('  \n'.repeat(99), 'x'.repeat(500), '😀'.repeat(90))),
      (value) => {
        const pieces = splitText(value)
        expect(pieces.join('')).toBe(value)
        for (const piece of pieces) expect(new TextEncoder().encode(piece).length).toBeLessThanOrEqual(255)
      },
    ),
  )
})

function traceOf(drafts: readonly string[], positions: number) {
  const steps = textSteps(positions)
  const header = {
    decoder: 'diffusion',
    prompt: 'p',
    promptIds: [],
    vocabulary: TEXT_VOCABULARY,
    model: { name: 'm', revision: '', parameters: 0, precision: '' },
    device: { backend: 'remote', label: 'a service' },
    settings: defaultDiffusionSettings(positions),
    knowledge: knowledgeOfText('drafts'),
  } as const
  const all = drafts.map((draft, at) => steps.next({ pieces: splitText(draft), from: 0 }, at + 1))
  return { trace: { header, steps: all, status: 'done' } satisfies Trace, pieces: steps.pieces }
}

it('every step draws the very draft that was sent, and no mask and no confidence', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.integer({ min: 1, max: 30 }), (drafts, positions) => {
      const { trace, pieces } = traceOf(drafts, positions)
      drafts.forEach((draft, at) => {
        const frame = frameAt(trace, at + 1)
        expect(answerText(frame, pieces, TEXT_VOCABULARY)).toBe(draft)
        for (const cell of frame.cells) {
          expect(cell.state).toMatch(/committed|revised/)
          expect(cell).not.toHaveProperty('confidence')
        }
      })
    }),
  )
})

it('a word that stays keeps its step, a changed one is revised, a shorter draft takes words back', () => {
  const { trace } = traceOf(['the bat sat on it', 'the cat sat', 'the cat sat down'], 20)
  expect(frameAt(trace, 2).cells.map(({ state, committedAt }) => [state, committedAt])).toEqual([
    ['committed', 1],
    ['revised', 2],
    ['committed', 1],
  ])
  expect(frameAt(trace, 3).cells.map(({ state, committedAt }) => [state, committedAt])).toEqual([
    ['committed', 1],
    ['revised', 2],
    ['committed', 1],
    ['committed', 3],
  ])
})
