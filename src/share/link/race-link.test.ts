import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameAt } from '../../trace/frame-at.ts'
import { arbitraryRevising } from '../../trace/testing/traces.ts'
import { decodeComparison, encodeComparison } from '../comparison-file.ts'
import type { Comparison, Lane } from '../comparison.ts'
import { decodeLink } from './decode-link.ts'
import { encodeLink } from './encode-link.ts'
import { fromShared } from './from-shared.ts'
import { withoutCounts } from './shared-reason.ts'
import { toShared } from './to-shared.ts'

function recorded(name: string): Comparison {
  const text = readFileSync(new URL(`../../../public/recordings/${name}.json`, import.meta.url), 'utf8')
  const decoded = decodeComparison(JSON.parse(text))
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

const linkOf = (comparison: Comparison) =>
  encodeLink(toShared(comparison, { clock: 'time', steps: comparison.lanes.map(() => 0) }))

/** What a race of the first of these, its autoregressive lane, and the first lanes of the others takes, in characters. */
function lengthOf(names: readonly string[], count: number): number {
  const [first, ...others] = names.map(recorded)
  const more = others.map(({ lanes: [lane] }, at): Lane => ({
    ...lane!,
    id: `race-${at}`,
    name: `Order ${at}`,
  }))
  return linkOf({ ...first!, lanes: [...first!.lanes, ...more].slice(0, count) }).length
}

test('a race travels in a link that every chat program keeps whole: four and six lanes of either world', () => {
  const small = ['story', 'story-blocks', 'story-threshold', 'story-random', 'story-rushed']
  const open = ['open-rain', 'open-two', 'open-four', 'open-rain', 'open-two']
  const lengths = [small, open].flatMap((names) => [4, 6].map((count) => lengthOf(names, count)))
  for (const length of lengths) expect(length).toBeLessThan(2000)
})

test('what a strategy took back and changed is drawn alike from a link and from a file', () => {
  fc.assert(
    fc.property(arbitraryRevising, (trace) => {
      const lane: Lane = {
        id: 'race-1',
        name: 'Revising',
        decoder: 'diffusion',
        trace,
        pieces: (id) => new TextEncoder().encode(`t${id}`),
        source: 'live',
      }
      const comparison: Comparison = { prompt: 'p', lanes: [lane], leader: lane.id, recordedAt: null }
      const linked = decodeLink(linkOf(comparison))
      const filed = decodeComparison(
        JSON.parse(JSON.stringify(encodeComparison(comparison, { candidates: 2 }))),
      )
      if (!linked.ok || !filed.ok) throw new Error('It could not be read.')
      for (const other of [fromShared(linked.shared).comparison, filed.comparison]) {
        const again = other.lanes[0]!.trace!
        expect(again.header.settings).toEqual(trace.header.settings)
        const drawn = ({ cells }: ReturnType<typeof frameAt>) =>
          cells.map(({ state, id, again: taken, before, fresh }) => [
            // Guesses stay out of links.
            ...(state === 'guess' ? ['masked', null] : [state, id]),
            taken,
            before,
            fresh,
          ])
        expect(again.steps).toHaveLength(trace.steps.length)
        for (const { step, commits } of trace.steps) {
          expect(drawn(frameAt(again, step))).toEqual(drawn(frameAt(trace, step)))
          expect(again.steps[step - 1]!.commits.map(({ reason }) => withoutCounts(reason))).toEqual(
            commits.map(({ reason }) => withoutCounts(reason)),
          )
        }
      }
    }),
    { numRuns: 60 },
  )
})
