import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt } from '../../trace/frame-at.ts'
import type { Trace, TraceStep } from '../../trace/trace.ts'
import type { Comparison } from '../comparison.ts'
import { decodeComparison, encodeComparison } from '../comparison-file.ts'
import { comparisons } from '../testing/arbitrary-comparison.ts'

/** A record of two lanes on one model, and one of two models, as version 1. */
const old = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/version-1/${name}.json`, import.meta.url), 'utf8'))

function opened(value: unknown): Comparison {
  const decoded = decodeComparison(value)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

/** Through the text of a file and back. */
function roundTrip(comparison: Comparison, candidates: number): Comparison {
  return opened(JSON.parse(JSON.stringify(encodeComparison(comparison, { candidates }))))
}

/** What a file keeps of a step exactly. */
function exactOf(
  { logProbs: _, entropy: __, confidence: ___, k, ids, ...step }: TraceStep,
  candidates: number,
) {
  const kept = Math.min(k, candidates)
  const thousandths = (value: number) => Math.round(value * 1000) / 1000
  return {
    ...step,
    at: thousandths(step.at),
    passMs: thousandths(step.passMs),
    ...(step.split && {
      split: Object.fromEntries(
        Object.entries(step.split).map(([key, ms]) => [key, thousandths(ms as number)]),
      ),
    }),
    k: kept,
    ids: ids.filter((_, at) => at % k < kept),
    block: [...step.block],
    commits: step.commits.map(({ probability: _, ...commit }) => commit),
  }
}

function expectClose(actual: Iterable<number>, expected: Iterable<number>, digits: number) {
  const values = [...expected]
  const found = [...actual]
  expect(found).toHaveLength(values.length)
  values.forEach((value, at) => {
    if (Number.isNaN(value)) expect(found[at]).toBeNaN()
    else expect(found[at]).toBeCloseTo(value, digits)
  })
}

function expectSame(actual: Trace, expected: Trace, candidates: number) {
  expect(actual.header).toEqual(expected.header)
  expect(actual.status).toBe(expected.status)
  expect(actual.steps.map((step) => exactOf(step, candidates))).toEqual(
    expected.steps.map((step) => exactOf(step, candidates)),
  )
  expected.steps.forEach((step, at) => {
    const found = actual.steps[at]!
    const isKept = (_: number, index: number) => index % step.k < candidates
    expectClose(found.logProbs.map(Math.exp), step.logProbs.filter(isKept).map(Math.exp), 3)
    expect(found.logProbs.every(Number.isFinite)).toBe(true)
    expectClose(found.confidence, step.confidence, 3)
    expectClose(found.entropy, step.entropy, 2)
    const probabilities = ({ commits }: TraceStep) => commits.map(({ probability }) => probability)
    expectClose(probabilities(found), probabilities(step), 3)
  })
}

describe('a comparison file', () => {
  it('comes back as it was written, up to rounding', () => {
    fc.assert(
      fc.property(comparisons, fc.integer({ min: 1, max: 3 }), (comparison, candidates) => {
        const found = roundTrip(comparison, candidates)
        const { lanes: _, ...rest } = comparison
        expect(found).toMatchObject(rest)
        expect(found.lanes).toHaveLength(comparison.lanes.length)
        comparison.lanes.forEach(({ trace, pieces, ...lane }, at) => {
          const kept = found.lanes[at]!
          expect(kept).toMatchObject(lane)
          expect(kept.parent).toEqual(lane.parent)
          if (trace === null) return expect(kept.trace).toBeNull()
          expectSame(kept.trace!, trace, candidates)
          for (const { id } of frameAt(trace, 1e9).cells) {
            if (id !== null) expect(kept.pieces(id)).toEqual(pieces(id))
          }
        })
      }),
      { numRuns: 60 },
    )
  })

  it('is the same after being read and written again', () => {
    fc.assert(
      fc.property(comparisons, (comparison) => {
        const first = encodeComparison(comparison, { candidates: 12 })
        expect(encodeComparison(roundTrip(comparison, 12), { candidates: 12 })).toEqual(first)
      }),
      { numRuns: 60 },
    )
  })

  it('of a run of this page opens as a record', () => {
    const { lanes, ...rest } = opened(old('recorded-sudoku'))
    const live = { ...rest, lanes: lanes.map((lane) => ({ ...lane, source: 'live' as const })) }
    expect(roundTrip(live, 5).lanes.map(({ source }) => source)).toEqual(['recorded', 'recorded'])
  })

  it('holds the text of lanes on one model once, and steps that a lane has from its parent', () => {
    const { lanes, ...rest } = opened(old('recorded-story'))
    const [first] = lanes
    const fork = { ...first!, id: 'fork', name: 'Fork', parent: { lane: 'diffusion', step: 12 } }
    const file = encodeComparison({ ...rest, lanes: [...lanes, fork] }, { candidates: 5 }) as File
    expect(file.pieces).toHaveLength(1)
    expect(file.lanes[2]!.run).toMatchObject({ inherited: 12 })
    expect(file.lanes[2]!.run.steps).toHaveLength(first!.trace!.steps.length - 12)
    expect(opened(file).lanes[2]!.trace).toEqual(opened(file).lanes[0]!.trace)
  })

  it('holds the text of models that differ in it apart', () => {
    const { lanes, ...rest } = opened(old('two-models'))
    const other = { ...lanes[1]!, pieces: () => Uint8Array.of(0x78) }
    expect((encodeComparison({ ...rest, lanes }, { candidates: 5 }) as File).pieces).toHaveLength(1)
    const file = encodeComparison({ ...rest, lanes: [lanes[0]!, other] }, { candidates: 5 }) as File
    expect(file.pieces).toHaveLength(2)
    const id = lanes[0]!.trace!.steps[0]!.commits[0]!.id
    expect(opened(file).lanes[0]!.pieces(id)).toEqual(lanes[0]!.pieces(id))
  })

  it.each<[string, (file: File) => void, RegExp]>([
    ['version', (file) => void (file.version = 9), /version: this page reads versions 1 and 2/],
    ['date', (file) => void (file.recordedAt = 'today'), /recordedAt/],
    ['lanes', (file) => void (file.lanes = []), /lanes: a comparison has at least one lane/],
    [
      'number of lanes',
      (file) =>
        void (file.lanes = Array.from({ length: 7 }, (_, at) => ({ ...file.lanes[0]!, id: `l${at}` }))),
      /lanes: a comparison has at most 6 lanes/,
    ],
    ['ids of lanes', (file) => void (file.lanes[1]!.id = 'diffusion'), /lanes\.0\.id: two lanes/],
    ['form of an id', (file) => void (file.lanes[1]!.id = 'a b'), /lanes\.1\.id/],
    ['leader', (file) => void (file.leader = 'nobody'), /leader: there is no lane "nobody"/],
    [
      'parent',
      (file) => void (file.lanes[1]!.parent = { lane: 'nobody', step: 0 }),
      /lanes\.1\.parent\.lane: there is no lane "nobody"/,
    ],
    [
      'family',
      (file) => void (file.lanes[1]!.parent = { lane: 'autoregressive', step: 0 }),
      /lanes\.1\.parent: a lane descends from itself/,
    ],
    ['heritage', (file) => void (file.lanes[0]!.run.inherited = 3), /lanes\.0\.run\.inherited/],
    [
      'table',
      (file) => void (file.lanes[0]!.run.pieces = 4),
      /lanes\.0\.run\.pieces: there is no such table/,
    ],
    [
      'column',
      (file) => void file.lanes[0]!.run.steps[1]!.ids.pop(),
      /lanes\.0\.run\.steps\.1: there must be k ids and k shares/,
    ],
    [
      'share',
      (file) => void (file.lanes[0]!.run.steps[0]!.shares[2] = 10_001),
      /lanes\.0\.run\.steps\.0\.shares\.2/,
    ],
    [
      'reason',
      (file) => void (file.lanes[0]!.run.steps[0]!.commits[0]![5] = 99),
      /lanes\.0\.run\.steps\.0: a commit names a reason/,
    ],
    [
      'block',
      (file) => void (file.lanes[0]!.run.steps[0]!.block[1] = 10_000),
      /lanes\.0\.run: steps\.0\.block/,
    ],
    [
      'position',
      (file) => void (file.lanes[0]!.run.steps[0]!.positions[0] = 4000),
      /lanes\.0\.run: steps\.0\.positions/,
    ],
    ['id', (file) => void (file.lanes[1]!.run.steps[0]!.ids[0] = 5996), /lanes\.1\.run: steps\.0\.ids/],
    [
      'commit',
      (file) => void (file.lanes[0]!.run.steps[1]!.commits[0]![1] = 5996),
      /lanes\.0\.run: steps\.1\.commits\.0/,
    ],
    ['clock', (file) => void (file.lanes[0]!.run.steps[0]!.at = 1e6), /steps\.1\.at: time runs backwards/],
    [
      'splices',
      (file) => void (file.lanes[0]!.run.steps[0]!.splices = [[70, 20, 0]]),
      /steps\.0\.splices\.0: it must lie in the answer/,
    ],
    [
      'edit',
      (file) => void (file.lanes[0]!.run.steps[0]!.edit = true),
      /steps\.0\.positions: an edit reads nothing/,
    ],
    [
      'canvas',
      (file) => void (file.lanes[0]!.run.header.canvas = { ids: [1, 2], given: [2] }),
      /header\.canvas\.given: they must rise and lie on the canvas/,
    ],
    [
      'settings',
      (file) => void (file.lanes[0]!.run.header.settings.answerLength = 1e9),
      /header\.settings: The answer length/,
    ],
    ['pieces', (file) => void (file.pieces[0]!['5'] = '→'), /pieces\.0\.5/],
    [
      'long pieces',
      (file) => void (file.pieces[0]!['5'] = 'x'.repeat(256)),
      /pieces\.0\.5: a token has at most 255 bytes/,
    ],
    ['lane', (file) => void (file.lanes[1]!.decoder = 'diffusion'), /lanes\.1\.run\.header\.settings/],
    [
      'order',
      (file) => void (file.lanes[1]!.run.steps[1]!.commits[0]![0] = 5),
      /steps\.1\.commits: an autoregressive step commits the next position/,
    ],
  ])('says where its %s is wrong', (_, spoil, message) => {
    const file = JSON.parse(
      JSON.stringify(encodeComparison(opened(old('recorded-sudoku')), { candidates: 4 })),
    ) as File
    spoil(file)
    const decoded = decodeComparison(file)
    expect(decoded).toMatchObject({ ok: false })
    expect(decoded.ok ? '' : decoded.message).toMatch(message)
  })

  it.each<[string, (file: OldFile) => void, RegExp]>([
    ['column', (file) => void file.diffusion.steps[1]!.ids.pop(), /diffusion\.steps\.1: there must be k ids/],
    ['block', (file) => void (file.diffusion.steps[0]!.block[1] = 9e3), /diffusion: steps\.0\.block/],
    [
      'rule',
      (file) => void (file.diffusion.steps[0]!.reasons[0]!.rule = 'noise'),
      /diffusion\.steps\.0\.reasons\.0/,
    ],
    [
      'settings',
      (file) => void (file.diffusion.header.settings.answerLength = 1e9),
      /header\.settings\.answerLength/,
    ],
    ['lane', (file) => void (file.autoregressive = file.diffusion), /autoregressive\.header/],
  ])('of version 1 says where its %s is wrong', (_, spoil, message) => {
    const file = old('recorded-sudoku') as OldFile
    spoil(file)
    const decoded = decodeComparison(file)
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
    const text = JSON.stringify(encodeComparison(opened(old('recorded-ar-fails')), { candidates: 4 }))
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
        for (const { trace } of decoded.comparison.lanes) if (trace) frameAt(trace, trace.steps.length)
      }),
    )
  })
})

interface Step {
  at: number
  edit?: true
  splices?: number[][]
  block: number[]
  positions: number[]
  ids: number[]
  shares: number[]
  reasons: { rule: string }[]
  commits: number[][]
}

interface Header {
  settings: { answerLength: number }
  canvas?: { ids: number[]; given: number[] }
}

interface LaneFile {
  id: string
  decoder: string
  parent?: { lane: string; step: number }
  run: { header: Header; pieces: number; inherited?: number; steps: Step[] }
}

interface File {
  version: number
  recordedAt: string
  leader: string
  pieces: Record<string, string>[]
  lanes: LaneFile[]
}

interface OldFile {
  diffusion: { header: Header; steps: Step[] }
  autoregressive: { header: Header; steps: Step[] }
}
