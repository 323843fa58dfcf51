import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CommitReason } from '../core/step-event.ts'
import { STRATEGY_NAMES } from '../core/strategies/strategy-of.ts'
import { settingsOf } from '../core/testing/arbitrary-run.ts'
import { append } from './append.ts'
import { knowledgeOfText } from './knowledge.ts'
import { passSentence } from './pass-sentence.ts'
import { arbitraryTrace, autoregressiveTrace, diffusionTrace } from './testing/traces.ts'
import type { EditChange, Trace, TraceStep } from './trace.ts'

const pieces = (id: number) => new TextEncoder().encode(` t${id}`)
const MODEL = { seed: 3, k: 8, sharpness: 4, endBias: null }
const run = (settings = settingsOf(8, { steps: 8 })) => diffusionTrace(settings, MODEL)
const words = (trace: Trace, step: number) => passSentence(trace, step, pieces).words

/** A trace whose first step commits the first so many positions of its canvas for a reason. */
function committing(reason: CommitReason, count = 1, probability = 0.54): Trace {
  const trace = run()
  const [step] = trace.steps
  const [commit] = step!.commits
  const commits = Array.from({ length: count }, (_, position) => ({
    ...commit!,
    position,
    id: 5 + position,
    probability,
    reason,
  }))
  return { ...trace, steps: [{ ...step!, commits }] }
}

/** The trace with one more step that commits these. */
function then(trace: Trace, commits: readonly Partial<TraceStep['commits'][number]>[]): Trace {
  const last = trace.steps.at(-1)!
  const [commit] = last.commits
  const step = last.step + 1
  return {
    ...trace,
    steps: [...trace.steps, { ...last, step, commits: commits.map((part) => ({ ...commit!, ...part })) }],
  }
}

describe('what a pass did', () => {
  it('names every token that it committed, up to four', () => {
    fc.assert(
      fc.property(arbitraryTrace, (trace) => {
        for (const { step, commits } of trace.steps) {
          const { name, words: said } = passSentence(trace, step, pieces)
          expect(name).toBe(`Pass ${step}`)
          expect(said).toMatch(/\.$/)
          if (commits.length > 4) continue
          for (const { id, reason } of commits) {
            if (reason.rule === 'tail' || id === trace.header.vocabulary.end) continue
            expect(said).toContain(`“t${id}”`)
          }
        }
      }),
    )
  })

  it.each(STRATEGY_NAMES)('has words for %s', (strategy) => {
    const trace = run(settingsOf(8, { strategy, steps: 8 }))
    for (const { step } of trace.steps) expect(words(trace, step)).not.toMatch(/undefined|NaN|does not say/)
  })

  it('tells the surest of so many, one or several', () => {
    expect(words(committing({ rule: 'quota', quota: 1, of: 28 }), 1)).toBe(
      'Of 28 masked places this one was surest: “t5”, 54 %.',
    )
    expect(words(committing({ rule: 'quota', quota: 2, of: 28 }, 2), 1)).toBe(
      'Of 28 masked places these 2 were surest: “t5” and “t6”, 54 %.',
    )
    expect(words(committing({ rule: 'quota', quota: 1, of: 1 }), 1)).toBe(
      'The last masked place: “t5”, 54 %.',
    )
    expect(words(committing({ rule: 'quota', quota: 6, of: 28 }, 6), 1)).toBe(
      'Of 28 masked places these 6 were surest: “t5”, “t6”, “t7”, “t8” and 2 more, 54 %.',
    )
  })

  it('tells by what a strategy ranks, and that a block is decided', () => {
    const margin = run(settingsOf(8, { strategy: 'margin', steps: 8 }))
    expect(words(margin, 1)).toMatch(/^Of 8 masked places this one came first by the lead over the next/)
    const blocks = run(settingsOf(8, { steps: 8, blockLength: 4 }))
    expect(words(blocks, 1)).toMatch(/^Of 4 masked places of the block this one was surest/)
    const random = run(settingsOf(8, { strategy: 'random', steps: 8 }))
    expect(words(random, 1)).toMatch(/^Of 8 masked places this one was drawn by lot/)
  })

  it('tells a threshold, a factor, and that nothing reached them', () => {
    expect(words(committing({ rule: 'threshold', threshold: 0.9, of: 9 }, 3, 0.95), 1)).toBe(
      'Of 9 masked places 3 reached the threshold of 90 %: “t5”, “t6” and “t7”, 95 %.',
    )
    expect(words(committing({ rule: 'factor', factor: 1, of: 9 }, 2), 1)).toMatch(
      /^Of 9 masked places these 2 were sure enough to be decided together/,
    )
    const threshold = run(settingsOf(8, { strategy: 'threshold', threshold: 0.99 }))
    expect(words(threshold, 1)).toMatch(
      /^Of 8 masked places none reached .+, so the surest was taken: “t\d+”/,
    )
  })

  it('tells the tail, the end of an answer, and what the record leaves open', () => {
    expect(words(committing({ rule: 'tail', floor: 0.9 }, 3), 1)).toBe(
      '3 ends of the answer joined the tail at the right edge.',
    )
    const ended = committing({ rule: 'next' })
    const end = ended.header.vocabulary.end
    const [step] = ended.steps
    const commits = step!.commits.map((commit) => ({ ...commit, id: end }))
    expect(words({ ...ended, steps: [{ ...step!, commits }] }, 1)).toBe('It ended the answer here, 54 %.')
    expect(words(committing({ rule: 'unknown' }, 1, NaN), 1)).toBe(
      'One token committed: “t5”. The record does not say why.',
    )
  })

  it('says of autoregression that it could only choose the next token', () => {
    const trace = autoregressiveTrace({ answerLength: 4, temperature: 0, topK: 4, seed: 1 }, MODEL)
    expect(words(trace, 0)).toMatch(/^Nothing is written yet/)
    expect(words(trace, 1)).toMatch(/^It could only choose the next token: “t\d+”, \d+ %\.$/)
  })
})

describe('what is not a commit', () => {
  const mask = run().header.vocabulary.mask!
  const first = committing({ rule: 'quota', quota: 2, of: 8 }, 2)

  it('tells a revision, what was taken back, and drafts that were refused', () => {
    expect(words(then(first, [{ position: 0, id: 9 }]), 2)).toBe('“t5” became “t9”.')
    expect(words(then(first, [{ position: 1, id: mask, reason: { rule: 'taken-back' } }]), 2)).toBe(
      '“t6” was taken back: nothing is decided there again.',
    )
    const refused = [
      { position: 0, reason: { rule: 'noise' } },
      { position: 1, reason: { rule: 'noise' } },
    ] as const
    expect(words(then(first, refused), 2)).toBe('2 drafts were refused: others stand there now.')
  })

  it('tells what a person did, and that no pass was spent', () => {
    const edit = (...changes: EditChange[]) => append(first, { kind: 'edit', changes })
    expect(passSentence(edit({ position: 4, id: 7, how: 'pinned' }), 2, pieces)).toEqual({
      name: 'Your edit',
      words: 'You pinned “t7”. No pass was spent on it.',
    })
    expect(words(edit({ position: 0, id: 7, how: 'replaced' }), 2)).toBe(
      'You put “t7” in place of “t5”. No pass was spent on it.',
    )
    expect(words(edit({ position: 1, id: mask, how: 'masked' }), 2)).toBe(
      'You masked “t6” again. No pass was spent on it.',
    )
    // The pass behind an edit is counted without it.
    const after = then(edit({ position: 4, id: 7, how: 'pinned' }), [{ position: 5, id: 8 }])
    const { edit: _, ...pass } = after.steps.at(-1)!
    expect(passSentence({ ...after, steps: [...after.steps.slice(0, -1), pass] }, 3, pieces).name).toBe(
      'Pass 2',
    )
  })

  it('speaks of updates where a service sent text', () => {
    const text: Trace = {
      ...first,
      header: { ...first.header, knowledge: knowledgeOfText('drafts') },
    }
    expect(passSentence(text, 1, pieces)).toEqual({
      name: 'Update 1',
      words: '2 pieces of text came: “t5” and “t6”.',
    })
    expect(words(then(text, [{ position: 0, id: 9 }]), 2)).toBe('“t5” became “t9”.')
    expect(words(text, 0)).toBe('Nothing has come yet.')
  })

  it('says before the first pass what the canvas holds', () => {
    expect(words(first, 0)).toMatch(/^Every place of the answer is a mask/)
    const canvas = { ids: [5, mask, mask], given: [0] }
    const given: Trace = { ...first, header: { ...first.header, canvas }, steps: [] }
    expect(words(given, 0)).toMatch(/^1 of 3 places are given/)
    const drafts: Trace = {
      ...first,
      header: { ...first.header, canvas: { ids: [5, 6], given: [] } },
      steps: [],
    }
    expect(words(drafts, 0)).toMatch(/^Every place holds a draft\. /)
  })
})
