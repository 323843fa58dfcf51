import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt } from '../trace/frame-at.ts'
import { arbitraryAutoregressive, arbitraryDiffusion } from '../trace/testing/traces.ts'
import { spell } from '../trace/testing/spell.ts'
import type { Trace, TraceStep } from '../trace/trace.ts'
import { LACKS, UNRECORDED, type Comparison } from './comparison.ts'
import { decodeComparison, encodeComparison } from './comparison-file.ts'

const arbitraryComparison: fc.Arbitrary<Comparison> = fc.record(
  {
    prompt: fc.string({ unit: 'grapheme' }),
    diffusion: arbitraryDiffusion,
    autoregressive: arbitraryAutoregressive,
    pieces: fc.constant(spell),
    recordedAt: fc.constant('2026-01-31T12:00:00.000Z'),
    provenance: fc.constantFrom(...UNRECORDED),
    lacks: fc.subarray([...LACKS]),
  },
  { requiredKeys: ['prompt', 'diffusion', 'autoregressive', 'pieces', 'recordedAt'] },
)

const [sample] = fc.sample(
  arbitraryComparison.filter(({ diffusion }) => diffusion.steps.length > 2),
  { numRuns: 1, seed: 5 },
) as [Comparison]

/** Through the text of a file and back. */
function roundTrip(comparison: Comparison, candidates: number): Comparison {
  const text = JSON.stringify(encodeComparison(comparison, { candidates }))
  const decoded = decodeComparison(JSON.parse(text))
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

/** What a file keeps of a step exactly. */
function exactOf({ step, at, passMs, block, positions, guesses, commits }: TraceStep) {
  const kept = commits.map(({ position, id, previous, rank, reason }) => ({
    ...{ position, id, previous, rank, reason },
  }))
  return { step, at, passMs, block: [...block], positions, guesses, commits: kept }
}

function expectClose(actual: Iterable<number>, expected: Iterable<number>, digits: number) {
  const values = [...expected]
  const found = [...actual]
  expect(found).toHaveLength(values.length)
  values.forEach((value, at) => expect(found[at]).toBeCloseTo(value, digits))
}

function expectSame(actual: Trace, expected: Trace, candidates: number) {
  expect(actual.header).toEqual(expected.header)
  expect(actual.status).toBe(expected.status)
  expect(actual.steps.map(exactOf)).toEqual(expected.steps.map(exactOf))
  expected.steps.forEach((step, at) => {
    const found = actual.steps[at]!
    const isKept = (_: number, index: number) => index % step.k < candidates
    expect(found.k).toBe(Math.min(step.k, candidates))
    expect([...found.ids]).toEqual([...step.ids].filter(isKept))
    expectClose([...found.logProbs].map(Math.exp), [...step.logProbs].filter(isKept).map(Math.exp), 3)
    expect(found.logProbs.every(Number.isFinite)).toBe(true)
    expectClose(found.confidence, step.confidence, 3)
    expectClose(found.entropy, step.entropy, 2)
    expectClose(
      found.commits.map(({ probability }) => probability),
      step.commits.map(({ probability }) => probability),
      3,
    )
  })
}

describe('a comparison file', () => {
  it('comes back as it was written, up to rounding', () => {
    fc.assert(
      fc.property(arbitraryComparison, fc.integer({ min: 1, max: 12 }), (comparison, candidates) => {
        const found = roundTrip(comparison, candidates)
        expect(found.prompt).toBe(comparison.prompt)
        expect(found.recordedAt).toBe(comparison.recordedAt)
        expect([found.provenance, found.lacks]).toEqual([comparison.provenance, comparison.lacks])
        for (const lane of ['diffusion', 'autoregressive'] as const) {
          expectSame(found[lane], comparison[lane], candidates)
          for (const { id } of frameAt(comparison[lane], 1e9).cells) {
            expect(found.pieces(id)).toEqual(comparison.pieces(id))
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is the same after being read and written again', () => {
    fc.assert(
      fc.property(arbitraryComparison, (comparison) => {
        const first = encodeComparison(comparison, { candidates: 12 })
        expect(encodeComparison(roundTrip(comparison, 12), { candidates: 12 })).toEqual(first)
      }),
      { numRuns: 60 },
    )
  })

  it.each<[string, (file: never) => void, RegExp]>([
    ['version', (file: { version: number }) => void (file.version = 9), /version: this page reads version 1/],
    ['date', (file: { recordedAt: string }) => void (file.recordedAt = 'today'), /recordedAt/],
    [
      'column',
      (file: File) => void file.diffusion.steps[1]!.ids.pop(),
      /diffusion\.steps\.1: there must be k ids and k shares/,
    ],
    [
      'share',
      (file: File) => void (file.diffusion.steps[0]!.shares[2] = 10_001),
      /diffusion\.steps\.0\.shares\.2/,
    ],
    [
      'reason',
      (file: File) => void (file.diffusion.steps[0]!.commits[0]![5] = 99),
      /diffusion\.steps\.0: a commit names a reason/,
    ],
    [
      'block',
      (file: File) => void (file.diffusion.steps[0]!.block[1] = 10_000),
      /diffusion: steps\.0\.block/,
    ],
    [
      'position',
      (file: File) => void (file.diffusion.steps[0]!.positions[0] = 10_000),
      /diffusion: steps\.0\.positions/,
    ],
    ['id', (file: File) => void (file.autoregressive.steps[0]!.ids[0] = 12), /autoregressive: steps\.0\.ids/],
    [
      'commit',
      (file: File) => void (file.diffusion.steps[1]!.commits[0]![1] = 12),
      /diffusion: steps\.1\.commits\.0/,
    ],
    ['clock', (file: File) => void (file.diffusion.steps[0]!.at = 1e6), /steps\.1\.at: time runs backwards/],
    [
      'settings',
      (file: File) => void (file.diffusion.header.settings.answerLength = 1e9),
      /header\.settings: The answer length/,
    ],
    ['pieces', (file: File) => void (file.pieces['5'] = '→'), /pieces\.5/],
    ['lane', (file: File) => void (file.autoregressive = file.diffusion), /autoregressive\.header/],
  ])('says where its %s is wrong', (_, spoil, message) => {
    const file = JSON.parse(JSON.stringify(encodeComparison(sample, { candidates: 4 }))) as never
    spoil(file)
    const decoded = decodeComparison(file)
    expect(decoded).toMatchObject({ ok: false })
    expect(decoded.ok ? '' : decoded.message).toMatch(message)
  })

  it('refuses anything else without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(decodeComparison(value).ok).toBe(false)
      }),
    )
  })

  it('survives any single change to its JSON, read or refused', () => {
    const text = JSON.stringify(encodeComparison(sample, { candidates: 4 }))
    const numbers = [...text.matchAll(/\d+/g)].map(({ index }) => index)
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.constantFrom('-1', '99999', '0.5', 'null'), (at, other) => {
        let value: unknown
        try {
          value = JSON.parse(text.slice(0, at) + text.slice(at).replace(/\d+/, other))
        } catch {
          return
        }
        const decoded = decodeComparison(value)
        if (!decoded.ok) return
        const { diffusion, autoregressive } = decoded.comparison
        for (const trace of [diffusion, autoregressive]) frameAt(trace, trace.steps.length)
      }),
    )
  })
})

interface Lane {
  header: { settings: { answerLength: number } }
  steps: {
    at: number
    block: number[]
    positions: number[]
    ids: number[]
    shares: number[]
    commits: number[][]
  }[]
}

interface File {
  diffusion: Lane
  autoregressive: Lane
  pieces: Record<string, string>
}
