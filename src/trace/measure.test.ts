import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { frameAt } from './frame-at.ts'
import { measure } from './measure.ts'
import { arbitraryTrace, autoregressiveTrace, diffusionTrace } from './testing/traces.ts'

const { mask, end } = VOCABULARY
const model = { seed: 3, k: 12, sharpness: 1, endBias: null }

describe('measure', () => {
  it('counts passes, milliseconds and tokens', () => {
    const trace = diffusionTrace({ ...defaultDiffusionSettings(8), steps: 2 }, model, 50)
    expect(measure(trace, 0)).toEqual({
      ms: 0,
      passes: 0,
      tokens: 0,
      tokensPerSecond: 0,
      tokensPerPass: 0,
      masked: 8,
      lengthSettledAt: null,
    })
    expect(measure(trace, 1)).toMatchObject({ ms: 50, passes: 1, tokens: 4, tokensPerPass: 4, masked: 4 })
    expect(measure(trace, 2)).toMatchObject({ ms: 100, tokens: 8, tokensPerSecond: 80, masked: 0 })
    const settings = { answerLength: 5, temperature: 0, topK: 1, seed: 1 }
    expect(measure(autoregressiveTrace(settings, model, 4), 5)).toMatchObject({
      ms: 20,
      tokens: 5,
      tokensPerPass: 1,
      tokensPerSecond: 250,
      lengthSettledAt: 5,
    })
  })

  it('counts the cells of the frame that are not ends', () => {
    fc.assert(
      fc.property(arbitraryTrace, fc.nat({ max: 20 }), (trace, step) => {
        const { cells, masked } = frameAt(trace, step)
        const content = cells.filter(({ state }) => state === 'committed')
        expect(measure(trace, step)).toMatchObject({ tokens: content.length, masked })
      }),
    )
  })

  it('settles the length exactly when every completion of the canvas has it', () => {
    fc.assert(
      fc.property(arbitraryTrace, (trace) => {
        const { answerLength } = trace.header.settings
        let settled: number | null = null
        for (let step = 0; step <= trace.steps.length; step++) {
          const ids = frameAt(trace, step, 2).cells.map(({ id }) => id ?? mask)
          while (ids.length < answerLength) ids.push(ids.includes(end) ? end : mask)
          // A canvas is content and then ends, and content at least at position 0.
          const lengths = [...Array(answerLength).keys()]
            .map((at) => at + 1)
            .filter((length) => ids.every((id, at) => id === mask || (id === end) === at >= length))
          if (lengths.length === 1) settled ??= step
          expect(measure(trace, step).lengthSettledAt).toBe(settled)
        }
      }),
    )
  })
})
