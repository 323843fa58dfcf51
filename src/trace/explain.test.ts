import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeSettings } from '../core/change-settings.ts'
import { denoise } from '../core/denoise.ts'
import { startDiffusion } from '../core/diffusion-state.ts'
import { randomAt } from '../core/random.ts'
import type { DiffusionSettings } from '../core/settings.ts'
import { predictionOf, settingsOf, VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { append } from './append.ts'
import { explain } from './explain.ts'
import { frameAt } from './frame-at.ts'
import { spell } from './testing/spell.ts'
import { arbitraryTrace, autoregressiveTrace, diffusionTrace } from './testing/traces.ts'
import type { Trace } from './trace.ts'

const { end } = VOCABULARY
const { header } = diffusionTrace(settingsOf(1, {}), { seed: 1, k: 8, sharpness: 1, endBias: null })

const sure = (id: number, p: number) =>
  [
    [id, p],
    [11, (1 - p) * 0.6],
    [10, (1 - p) * 0.2],
  ] as const
const ROWS = [sure(3, 0.55), sure(4, 0.99), sure(5, 0.83), sure(6, 0.41)]

/** A run in which the model says the same in every step. */
function traceOf(settings: DiffusionSettings, rows: Parameters<typeof predictionOf>[0], steps = 1): Trace {
  let trace = append(null, { kind: 'start', header: { ...header, decoder: 'diffusion', settings } })
  let state = startDiffusion(settings, VOCABULARY)
  for (let step = 1; step <= steps; step++) {
    const next = denoise(state, predictionOf(rows), randomAt(settings.seed, step))
    trace = append(trace, { kind: 'step', step: { ...next.event, at: step, passMs: 1 } })
    state = next.state
  }
  return trace
}

const sentenceOf = (trace: Trace, position: number, step = 1) =>
  explain(trace, step, position, spell)?.sentence

describe('the sentence', () => {
  it('ranks by the strategy under a quota', () => {
    const trace = traceOf(settingsOf(4, { steps: 2 }), ROWS)
    expect(sentenceOf(trace, 1)).toBe('Most certain of 4 masked positions (0.99); this step could commit 2.')
    expect(sentenceOf(trace, 2)).toBe(
      'Second most certain of 4 masked positions (0.83); this step could commit 2.',
    )
    expect(sentenceOf(trace, 3)).toBe('Not committed yet: ranked 4th of 4 by confidence in this step (0.41).')
    expect(sentenceOf(traceOf(settingsOf(4, { strategy: 'entropy' }), ROWS), 1)).toBe(
      'Most certain of 4 masked positions by the narrowness of the whole distribution (0.99); ' +
        'this step could commit 1.',
    )
  })

  it('counts in words up to the ninth, in figures after', () => {
    const rows = Array.from({ length: 23 }, (_, at) => sure(3, 0.9 - at / 100))
    const trace = traceOf(settingsOf(23, { steps: 1 }), rows)
    const starts = [8, 9, 10, 11, 12, 20, 21, 22].map((at) => sentenceOf(trace, at)?.split(' ')[0])
    expect(starts).toEqual(['Ninth', '10th', '11th', '12th', '13th', '21st', '22nd', '23rd'])
  })

  it('names the threshold, the factor, and that nothing reached them', () => {
    const threshold = settingsOf(4, { strategy: 'threshold', threshold: 0.8 })
    expect(sentenceOf(traceOf(threshold, ROWS), 2)).toBe('Probability 0.83 reached the threshold of 0.8.')
    const all = traceOf(changeSettings(threshold, { threshold: 0.999 }), ROWS)
    expect(sentenceOf(all, 1)).toBe(
      'Surest of 4, though none reached the threshold 0.999: every step commits at least one.',
    )
    const factor = settingsOf(4, { strategy: 'factor', factor: 1 })
    expect(sentenceOf(traceOf(factor, ROWS), 2)).toBe(
      'Second most certain of 4 masked positions (0.83): ' +
        'sure enough to be the 2nd of one step, with a factor of 1.',
    )
    expect(sentenceOf(traceOf(changeSettings(factor, { factor: 0 }), ROWS), 1)).toMatch(
      /^Surest of 4, though none was sure enough for a factor of 0/,
    )
  })

  it('says that chance decided', () => {
    const trace = traceOf(settingsOf(4, { strategy: 'random' }), ROWS)
    const { position } = trace.steps[0]!.commits[0]!
    expect(sentenceOf(trace, position)).toMatch(
      /^Drawn at random among 4 masked positions; this step could commit 1. The model gave it 0\.\d\d\.$/,
    )
  })

  it('tells the tail, what follows it, and an end that waits', () => {
    const tail = traceOf(settingsOf(3, {}), [sure(3, 0.8), sure(4, 0.7), sure(end, 0.992)])
    expect(sentenceOf(tail, 2)).toBe('Part of the end-of-sequence tail: 0.99, joined to the right edge.')
    const filled = traceOf(settingsOf(4, { blockLength: 2 }), [
      sure(3, 0.8),
      sure(end, 0.992),
      ...ROWS.slice(2),
    ])
    expect(sentenceOf(filled, 3)).toBe('Filled with end of sequence: the block before it ended the answer.')
    const waiting = traceOf(settingsOf(3, {}), [sure(3, 0.8), sure(end, 0.7), sure(4, 0.6)])
    expect(sentenceOf(waiting, 1)).toBe(
      'Not committed yet: an end of sequence waits until everything to its right has ended (0.70).',
    )
  })

  it('says that a later block waits', () => {
    expect(sentenceOf(traceOf(settingsOf(4, { blockLength: 2 }), ROWS), 3)).toBe(
      'Not committed yet: its block is decided later; the guess so far has 0.41.',
    )
  })

  it('is about reading order in an autoregressive run', () => {
    const settings = { answerLength: 3, temperature: 0, topK: 1, seed: 1 }
    const trace = autoregressiveTrace(settings, { seed: 1, k: 8, sharpness: 1, endBias: null })
    expect(sentenceOf(trace, 1, 3)).toMatch(
      /^The next position in reading order; the model gave it 0\.\d\d\.$/,
    )
    expect(explain(trace, 1, 2, spell)).toBeNull()
  })
})

describe('explain', () => {
  it('gives the candidates with their text, and what they leave over', () => {
    const { candidates, tail, committedAt, entropy } = explain(traceOf(settingsOf(4, {}), ROWS), 1, 3, spell)!
    expect(candidates.map(({ id, text }) => [id, text])).toEqual([
      [6, 'g'],
      [11, 'l'],
      [10, 'k'],
    ])
    expect(candidates[0]!.probability).toBeCloseTo(0.41, 6)
    expect(tail).toBeCloseTo(0.59 * 0.2, 6)
    expect(entropy).toBeGreaterThan(0)
    expect(committedAt).toBeNull()
  })

  it('goes back to the step that committed the position', () => {
    const trace = traceOf(settingsOf(4, {}), ROWS, 4)
    expect(explain(trace, 4, 2, spell)).toEqual(explain(trace, 2, 2, spell))
    expect(explain(trace, 4, 2, spell)?.committedAt).toBe(2)
    expect(explain(trace, 1, 2, spell)?.committedAt).toBeNull()
    expect(explain(trace, 0, 2, spell)).toBeNull()
  })

  it('agrees with the frame, wherever something was read', () => {
    fc.assert(
      fc.property(arbitraryTrace, fc.nat({ max: 20 }), (trace, step) => {
        const frame = frameAt(trace, step)
        for (const cell of frame.cells) {
          const explanation = explain(trace, step, cell.position, spell)
          if (frame.step === 0) expect(explanation).toBeNull()
          else expect(explanation?.committedAt).toBe(cell.committedAt ?? null)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('counts the changes of the guess', () => {
    const model = { seed: 9, k: 12, sharpness: 1, endBias: null }
    const trace = diffusionTrace(settingsOf(6, {}), model)
    const last = trace.steps.at(-1)!.commits[0]!.position
    const guesses = trace.steps.map(({ positions, guesses }) => guesses[positions.indexOf(last)]!)
    const changes = guesses.filter((id, at) => at > 0 && id !== guesses[at - 1]).length
    expect(changes).toBeGreaterThan(0)
    expect(explain(trace, 6, last, spell)?.guessChanges).toBe(changes)
    expect(explain(trace, 1, last, spell)?.guessChanges).toBe(0)
  })
})
