import { describe, expect, it } from 'vitest'
import { cellTexts } from '../trace/decode-pieces.ts'
import { frameAt } from '../trace/frame-at.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { Trace } from '../trace/trace.ts'
import type { Comparison } from './comparison.ts'
import { decodeComparison, encodeComparison } from './comparison-file.ts'
import { decodeLink } from './link/decode-link.ts'
import { encodeLink } from './link/encode-link.ts'
import { fromShared } from './link/from-shared.ts'
import { toShared } from './link/to-shared.ts'
import { noiseComparison, noiseTrace } from './testing/noise-run.ts'

/** States and texts of a run at every step, `~` before what is a draft. */
function played({ header, ...trace }: Trace, pieces: Pieces): string[] {
  return Array.from({ length: trace.steps.length + 1 }, (_, step) => {
    const { cells } = frameAt({ header, ...trace }, step)
    const texts = cellTexts(
      cells.map(({ id }) => id),
      pieces,
      header.vocabulary,
    )
    return cells.map(({ state }, at) => `${state === 'draft' ? '~' : ''}${texts[at]!}`).join('|')
  })
}

function only({ lanes }: Comparison) {
  expect(lanes).toHaveLength(1)
  return { trace: lanes[0]!.trace!, pieces: lanes[0]!.pieces }
}

function saved(): Comparison {
  const text = JSON.stringify(encodeComparison(noiseComparison, { candidates: 2 }))
  const decoded = decodeComparison(JSON.parse(text))
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

function shared(): Comparison {
  const decoded = decodeLink(encodeLink(toShared(noiseComparison, { clock: 'passes', steps: [9] })))
  if (!decoded.ok) throw new Error(decoded.message)
  return fromShared(decoded.shared).comparison
}

const PLAYED = [
  '~ kelp|~ß|~漢|~ 9',
  'The| kelp|~ß|~漢',
  'The|~ 9| is|~ kelp',
  'The| lamp| is| red',
  'The| lamp| is| red|~ß|~漢|~ 9|~ kelp',
  'The| lamp| is| red|.|~ kelp|~ß|~漢',
  'The| lamp| is| red|.| It| burns|.',
  'The| is| red|.| It| burns|.',
  'The| is| old|.| It| burns|.',
  'The| is| old|.| It| burns|',
]

describe('a run without a mask, written by hand', () => {
  it('plays as drafts that are accepted, thrown away, put in and taken out', () => {
    expect(played(noiseTrace, noiseComparison.lanes[0]!.pieces)).toEqual(PLAYED)
  })

  it('plays the same from a file, which loses nothing', () => {
    const { trace, pieces } = only(saved())
    expect(played(trace, pieces)).toEqual(PLAYED)
    expect(trace.header).toEqual(noiseTrace.header)
    trace.steps.forEach((step, at) => {
      const { logProbs, confidence, entropy, commits, ...rest } = step
      const was = noiseTrace.steps[at]!
      expect(was).toMatchObject({ ...rest, block: [...rest.block] })
      const near = (one: Float32Array, other: Float32Array) =>
        one.forEach((value, index) => expect(value).toBeCloseTo(other[index]!, 3))
      near(confidence, was.confidence)
      near(entropy, was.entropy)
      near(logProbs.map(Math.exp), was.logProbs.map(Math.exp))
      expect(commits).toEqual(was.commits)
    })
  })

  it('plays the same from a link, with all that each step said', () => {
    const { trace, pieces } = only(shared())
    expect(played(trace, pieces)).toEqual(PLAYED)
    expect(trace.header).toEqual({
      ...noiseTrace.header,
      knowledge: { ...noiseTrace.header.knowledge, candidates: false },
    })
    trace.steps.forEach(({ positions, guesses, confidence, commits, splices, edit, block }, at) => {
      const was = noiseTrace.steps[at]!
      expect([positions, guesses, splices, edit, block]).toEqual([
        was.positions,
        was.guesses,
        was.splices,
        was.edit,
        was.block,
      ])
      confidence.forEach((value, row) => expect(value).toBeCloseTo(was.confidence[row]!, 2))
      expect(commits.map(({ probability: _, ...rest }) => rest)).toEqual(
        was.commits.map(({ probability: _, ...rest }) => rest),
      )
    })
  })
})
