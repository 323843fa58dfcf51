import { describe, expect, it } from 'vitest'
import { denoise } from '../core/denoise.ts'
import { startDiffusion } from '../core/diffusion-state.ts'
import { randomAt } from '../core/random.ts'
import type { CommitReason, StepEvent } from '../core/step-event.ts'
import { STRATEGY_NAMES, strategyOf, type StrategyName } from '../core/strategies/strategy-of.ts'
import { predictionOf, settingsOf, VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { knowledgeOfText } from './knowledge.ts'
import { whyCommitted, whyWaiting } from './sentence.ts'
import { diffusionTrace } from './testing/traces.ts'
import type { TraceHeader, TraceStep } from './trace.ts'

const MODEL = { seed: 3, k: 8, sharpness: 4, endBias: null }
const traceOf = (strategy: StrategyName) => diffusionTrace(settingsOf(8, { strategy, steps: 8 }), MODEL)

/** The rows of a step that it did not commit. */
const waitingIn = ({ positions, commits }: TraceStep) =>
  [...positions.keys()].filter((row) => commits.every(({ position }) => position !== positions[row]))

describe('why a position waits', () => {
  it.each(STRATEGY_NAMES)('tells the place in the order that decided: %s', (strategy) => {
    const { header, steps } = traceOf(strategy)
    const by = strategyOf(strategy).orderedBy ?? 'confidence'
    for (const step of steps) {
      for (const row of waitingIn(step)) {
        const sentence = whyWaiting(header, step, row)
        expect(sentence).toContain(`of ${step.positions.length} by ${by} in this step`)
        const place = Number(/ranked (\d+)/.exec(sentence)?.[1])
        expect(place).toBe(step.order![row])
        const written = step.commits.filter(({ id }) => id !== header.vocabulary.mask)
        expect(place).toBeGreaterThan(written.length)
      }
    }
  })

  it('ranks by the lead where margin decided, not by the probability', () => {
    const settings = settingsOf(2, { strategy: 'margin', steps: 2 })
    const close = [
      [3, 0.5],
      [4, 0.45],
      [5, 0.05],
    ] as const
    const apart = [
      [3, 0.45],
      [4, 0.2],
      [5, 0.1],
    ] as const
    const { event } = denoise(
      startDiffusion(settings, VOCABULARY),
      predictionOf([close, apart]),
      randomAt(1, 1),
    )
    const { header } = diffusionTrace(settings, MODEL)
    expect(whyWaiting(header, event, 0)).toBe(
      'Not committed yet: ranked 2nd of 2 by the lead over the next candidate in this step (0.50).',
    )
  })

  it('says only what is known where the step tells no order', () => {
    const { header, steps } = traceOf('margin')
    const step = { ...steps[0]! }
    Reflect.deleteProperty(step, 'order')
    const [row] = waitingIn(step)
    expect(whyWaiting(header, step, row!)).toMatch(/^Not committed yet; the guess so far has \d\.\d\d\.$/)
  })
})

describe('why something stands', () => {
  const { header, steps } = traceOf('low-confidence')
  const said = (reason: CommitReason, event: StepEvent = steps[2]!, of: TraceHeader = header) =>
    whyCommitted(of, event, { ...event.commits[0]!, reason })

  it('names the person, and when', () => {
    expect(said({ rule: 'pinned' })).toBe('Pinned by you after step 2.')
    expect(said({ rule: 'replaced' })).toBe('Replaced by you after step 2.')
    expect(said({ rule: 'masked' })).toBe('Masked again by you after step 2.')
    expect(said({ rule: 'pinned' }, steps[0])).toBe('Pinned by you before the first step.')
  })

  it('tells what was taken back, thrown, or never explained', () => {
    expect(said({ rule: 'edited', threshold: 0.9 })).toContain('it passed the edit threshold of 0.9')
    expect(said({ rule: 'taken-back' })).toBe('Taken back in step 3: nothing is decided here again.')
    expect(said({ rule: 'noise' })).toBe(
      'Not accepted in step 3: a fresh draft stands here, to be read again.',
    )
    expect(said({ rule: 'unknown' })).toBe('Committed in step 3; the record does not say why.')
  })

  it('speaks of updates where a service sent text', () => {
    const text: TraceHeader = { ...header, knowledge: knowledgeOfText('drafts') }
    expect(said({ rule: 'unknown' }, steps[2], text)).toBe(
      'Committed in update 3; the record does not say why.',
    )
  })

  it('keeps probabilities apart from certainty', () => {
    const commit = { ...steps[0]!.commits[0]!, reason: { rule: 'next' } as const }
    const sure = (probability: number) => whyCommitted(header, steps[0]!, { ...commit, probability })
    expect(sure(0.9999)).toContain('over 0.99')
    expect(sure(0.001)).toContain('under 0.01')
    expect(sure(NaN)).toContain('a probability that is not known')
  })
})
