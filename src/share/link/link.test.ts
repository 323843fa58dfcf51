import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt } from '../../trace/frame-at.ts'
import { kendallTau } from '../../trace/kendall.ts'
import { measure } from '../../trace/measure.ts'
import type { Trace } from '../../trace/trace.ts'
import { comparisons } from './arbitrary-comparison.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { fromShared } from './from-shared.ts'
import type { SharedComparison } from './shared-comparison.ts'
import { toShared } from './to-shared.ts'

function decoded(link: string): SharedComparison {
  const result = decodeLink(link)
  if (!result.ok) throw new Error(result.message)
  return result.shared
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
        fc.nat(30),
        fc.string({ maxLength: 100 }),
        fc.boolean(),
        (comparison, at, caption, hide) => {
          const shared = toShared(comparison, at, {
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
      fc.property(comparisons, fc.nat(30), (comparison, at) => {
        const link = encodeLink(toShared(comparison, at))
        const { comparison: opened, playhead } = fromShared(decoded(link))
        expect(encodeLink(toShared(opened, playhead))).toBe(link)
      }),
      { numRuns: 100 },
    )
  })

  it('draws the same cells at every step of both lanes', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const { comparison: opened } = fromShared(decoded(encodeLink(toShared(comparison, 0))))
        expect(drawn(opened.diffusion)).toEqual(drawn(comparison.diffusion))
        expect(drawn(opened.autoregressive)).toEqual(drawn(comparison.autoregressive))
      }),
      { numRuns: 100 },
    )
  })

  it('keeps confidences to half a 255th, ranks, reasons and the text of every committed token', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const { comparison: opened } = fromShared(toShared(comparison, 0))
        for (const lane of ['diffusion', 'autoregressive'] as const) {
          const [was, is] = [comparison[lane], opened[lane]].map(({ steps }) =>
            steps.flatMap(({ commits }) => commits),
          )
          is!.forEach((commit, at) => {
            const { probability, ...rest } = was![at]!
            expect(commit).toMatchObject({
              position: rest.position,
              id: rest.id,
              previous: rest.previous,
              rank: rest.rank,
            })
            expect(commit.reason.rule).toBe(rest.reason.rule)
            if (Number.isNaN(probability)) expect(commit.probability).toBeNaN()
            else expect(Math.abs(commit.probability - probability)).toBeLessThanOrEqual(0.5 / 255 + 1e-9)
            if (commit.id > 1) expect(opened.pieces(commit.id)).toEqual(comparison.pieces(commit.id))
          })
        }
      }),
      { numRuns: 100 },
    )
  })

  it('measures the same passes and tokens, and times to 2 % of a step or 0.1 ms', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const { comparison: opened } = fromShared(toShared(comparison, 0))
        for (const lane of ['diffusion', 'autoregressive'] as const) {
          const [was, is] = [comparison[lane], opened[lane]]
          const end = was.steps.at(-1)?.at ?? 0
          const unit = Math.max(0.1, end / Math.max(1000, 25 * was.steps.length))
          for (let step = 0; step <= was.steps.length; step++) {
            const [a, b] = [measure(was, step), measure(is, step)]
            expect([b.passes, b.tokens, b.masked, b.lengthSettledAt]).toEqual([
              a.passes,
              a.tokens,
              a.masked,
              a.lengthSettledAt,
            ])
            expect(Math.abs(b.ms - a.ms)).toBeLessThanOrEqual(unit / 2 + 1e-6)
          }
          expect(kendallTau(is)).toBe(kendallTau(was))
        }
      }),
      { numRuns: 100 },
    )
  })
})
