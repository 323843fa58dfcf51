import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareRuns } from './compare-runs.ts'
import { spell } from './testing/spell.ts'
import { arbitraryTrace } from './testing/traces.ts'
import type { Trace } from './trace.ts'

const side = (trace: Trace) => ({ trace, pieces: spell })

/** The trace with every commit of a position replaced. */
function replaced(trace: Trace, position: number, id: number): Trace {
  const steps = trace.steps.map((step) => ({
    ...step,
    commits: step.commits.map((commit) => (commit.position === position ? { ...commit, id } : commit)),
  }))
  return { ...trace, steps }
}

test('a run does not differ from itself, and differs where a token was replaced', () => {
  fc.assert(
    fc.property(arbitraryTrace, (trace) => {
      expect(compareRuns(side(trace), side(trace))).toEqual({ tokens: [], moved: [] })
      const { position } = trace.steps[0]!.commits[0]!
      const { tokens, moved } = compareRuns(side(trace), side(replaced(trace, position, 20)))
      expect(tokens).toContain(position)
      expect(moved).toEqual([])
    }),
  )
})

test('a run that ended sooner differs by what it lacks', () => {
  fc.assert(
    fc.property(arbitraryTrace, (trace) => {
      const cut: Trace = { ...trace, steps: trace.steps.slice(0, -1) }
      const missing = trace.steps.at(-1)!.commits.map(({ position }) => position)
      const { tokens } = compareRuns(side(trace), side(cut))
      expect(tokens).toEqual(expect.arrayContaining(missing))
    }),
  )
})
