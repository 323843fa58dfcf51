import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt } from '../../trace/frame-at.ts'
import { kendallTau } from '../../trace/kendall.ts'
import { measure } from '../../trace/measure.ts'
import { CLOCKS } from '../../trace/timeline.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison } from '../comparison.ts'
import { comparisons } from '../testing/arbitrary-comparison.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { fromShared } from './from-shared.ts'
import type { SharedComparison, SharedPlayhead } from './shared-comparison.ts'
import { toShared } from './to-shared.ts'

const START: SharedPlayhead = { clock: 'time', steps: [0, 0, 0, 0, 0, 0] }

const playheads: fc.Arbitrary<SharedPlayhead> = fc.record({
  clock: fc.constantFrom(...CLOCKS),
  steps: fc.array(fc.option(fc.nat(16)), { maxLength: 6 }),
})

function decoded(link: string): SharedComparison {
  const result = decodeLink(link)
  if (!result.ok) throw new Error(result.message)
  return result.shared
}

function opened(comparison: Comparison): Comparison {
  return fromShared(decoded(encodeLink(toShared(comparison, START)))).comparison
}

/** Every lane's run before and after it went through a link. */
function runsOf(comparison: Comparison) {
  const after = opened(comparison)
  return comparison.lanes.flatMap((lane, at) =>
    lane.trace
      ? [{ lane, was: lane.trace, is: after.lanes[at]!.trace!, pieces: after.lanes[at]!.pieces }]
      : [],
  )
}

/** Above every probability: guesses are not in a link. */
const NO_GUESSES = 2

function drawn(trace: Trace) {
  return Array.from({ length: trace.steps.length + 1 }, (_, step) => {
    const { cells, masked, committed } = frameAt(trace, step, NO_GUESSES)
    return { masked, committed, cells: cells.map((cell) => ({ ...cell, confidence: undefined })) }
  })
}

describe('a link of any comparison', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(
        comparisons,
        playheads,
        fc.string({ maxLength: 100 }),
        fc.boolean(),
        (comparison, playhead, caption, hide) => {
          const shared = toShared(comparison, playhead, {
            caption,
            teacher: { hideControls: hide, lockStep: !hide },
          })
          expect(decoded(encodeLink(shared))).toEqual(shared)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is the same link when the opened comparison is shared again', () => {
    fc.assert(
      fc.property(comparisons, playheads, (comparison, at) => {
        const link = encodeLink(toShared(comparison, at))
        const { comparison: again, playhead } = fromShared(decoded(link))
        expect(encodeLink(toShared(again, playhead))).toBe(link)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps the lanes, their names, parents, clocks and what they can show', () => {
    fc.assert(
      fc.property(comparisons, playheads, (comparison, at) => {
        const { comparison: again, playhead } = fromShared(decoded(encodeLink(toShared(comparison, at))))
        expect(again.leader).toBe(comparison.leader)
        expect(again.recordedAt?.slice(0, 19)).toBe(comparison.recordedAt?.slice(0, 19))
        expect(playhead.clock).toBe(at.clock)
        comparison.lanes.forEach(({ id, name, decoder, source, parent, trace }, lane) => {
          const kept = again.lanes[lane]!
          expect([kept.id, kept.name, kept.decoder, kept.parent]).toEqual([id, name, decoder, parent])
          expect(kept.source).toBe(source === 'recorded' ? 'shared' : source)
          expect(kept.trace === null).toBe(trace === null)
          if (trace === null || kept.trace === null) return
          const { header, status } = trace
          const { vocabulary, knowledge, promptIds: _, ...rest } = header
          expect(kept.trace.header).toMatchObject(rest)
          expect(kept.trace.status).toBe(status)
          expect(kept.trace.header.vocabulary).toEqual(vocabulary)
          const guesses = knowledge.guesses && vocabulary.mask === null
          expect(kept.trace.header.knowledge).toEqual({ ...knowledge, candidates: false, guesses })
          const wanted = at.steps[lane] ?? null
          expect(playhead.steps[lane]).toBe(wanted === null ? null : Math.min(wanted, trace.steps.length))
        })
      }),
      { numRuns: 100 },
    )
  })

  it('draws the same cells at every step of every lane', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        for (const { was, is } of runsOf(comparison)) expect(drawn(is)).toEqual(drawn(was))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps edits, splices, blocks, ranks, reasons, and confidences to half a 255th', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        for (const { lane, was, is, pieces } of runsOf(comparison)) {
          const { mask, end } = was.header.vocabulary
          const frame = ({ steps }: Trace) =>
            steps.map(({ step, edit, splices, block }) => ({ step, edit, splices, block }))
          expect(frame(is)).toEqual(frame(was))
          const [before, after] = [was, is].map(({ steps }) => steps.flatMap(({ commits }) => commits))
          after!.forEach((commit, at) => {
            const { probability, ...rest } = before![at]!
            expect(commit).toMatchObject(rest)
            if (Number.isNaN(probability)) expect(commit.probability).toBeNaN()
            else expect(Math.abs(commit.probability - probability)).toBeLessThanOrEqual(0.5 / 255 + 1e-9)
            if (commit.id !== mask && commit.id !== end)
              expect(pieces(commit.id)).toEqual(lane.pieces(commit.id))
          })
        }
      }),
      { numRuns: 60 },
    )
  })

  it('keeps what a model without a mask said of every position that it read', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        for (const { was, is } of runsOf(comparison)) {
          if (!is.header.knowledge.guesses) continue
          was.steps.forEach((step, at) => {
            expect(is.steps[at]!.positions).toEqual(step.positions)
            expect(is.steps[at]!.guesses).toEqual(step.guesses)
          })
        }
      }),
      { numRuns: 100 },
    )
  })

  it('measures the same passes and tokens, and times to 2 % of a step or 0.1 ms', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        for (const { lane, was, is } of runsOf(comparison)) {
          const end = was.steps.at(-1)?.at ?? 0
          const ahead = lane.parent ? end : 0
          // Behind a fork the parent's rounding stands before that of the lane itself.
          const unit = Math.max(0.1, end / Math.max(1000, 25 * was.steps.length)) + ahead / 1000
          for (let step = 0; step <= was.steps.length; step++) {
            const [a, b] = [measure(was, step), measure(is, step)]
            expect([b.passes, b.tokens, b.masked, b.lengthSettledAt]).toEqual([
              a.passes,
              a.tokens,
              a.masked,
              a.lengthSettledAt,
            ])
            if (!lane.parent) expect(Math.abs(b.ms - a.ms)).toBeLessThanOrEqual(unit / 2 + 1e-6)
          }
          expect(kendallTau(is)).toBe(kendallTau(was))
        }
      }),
      { numRuns: 100 },
    )
  })
})
