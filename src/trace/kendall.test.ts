import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultDiffusionSettings } from '../core/default-settings.ts'
import { VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { kendallTau } from './kendall.ts'
import { arbitraryAutoregressive, arbitraryTrace, diffusionTrace } from './testing/traces.ts'
import type { Trace } from './trace.ts'

/** τ-b by its definition: concordant, discordant and tied pairs counted apart. */
function byCounting(trace: Trace): number | null {
  const tokens = trace.steps
    .flatMap(({ step, commits }) => commits.map(({ position, id }) => ({ position, id, step })))
    .filter(({ id }) => id !== VOCABULARY.end)
  let [concordant, discordant, tied] = [0, 0, 0]
  for (const a of tokens) {
    for (const b of tokens) {
      if (a.position >= b.position) continue
      if (a.step < b.step) concordant++
      else if (a.step > b.step) discordant++
      else tied++
    }
  }
  const untied = concordant + discordant
  return untied === 0 ? null : (concordant - discordant) / Math.sqrt(untied * (untied + tied))
}

/** A run that commits one token a step, in this order of positions. */
function inOrder(order: readonly number[]): Trace {
  const model = { seed: 1, k: 12, sharpness: 1, endBias: null }
  const trace = diffusionTrace(defaultDiffusionSettings(order.length), model)
  const steps = trace.steps.map((step, at) => ({
    ...step,
    commits: step.commits.map((commit) => ({ ...commit, position: order[at]! })),
  }))
  return { ...trace, steps }
}

describe('kendallTau', () => {
  it('is 1 in reading order, −1 backwards, and in between as counted by hand', () => {
    expect(kendallTau(inOrder([0, 1, 2, 3]))).toBe(1)
    expect(kendallTau(inOrder([3, 2, 1, 0]))).toBe(-1)
    expect(kendallTau(inOrder([1, 0, 2, 3]))).toBeCloseTo(4 / 6, 12)
    expect(kendallTau(inOrder([0]))).toBeNull()
  })

  it('agrees with counting pairs', () => {
    fc.assert(
      fc.property(arbitraryTrace, (trace) => {
        const [tau, expected] = [kendallTau(trace), byCounting(trace)]
        if (expected === null) expect(tau).toBeNull()
        else expect(tau).toBeCloseTo(expected, 12)
      }),
    )
  })

  it('is 1 for every autoregressive run of two tokens or more', () => {
    fc.assert(
      fc.property(arbitraryAutoregressive, (trace) => {
        expect(kendallTau(trace) ?? 1).toBeCloseTo(1, 12)
      }),
    )
  })
})
