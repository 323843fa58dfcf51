import fc from 'fast-check'
import type { Commit } from '../../core/step-event.ts'
import type { Trace, TraceHeader, TraceStep } from '../../trace/trace.ts'
import { MOST_LANES, type Comparison, type Lane, type Source } from '../comparison.ts'
import { arbitraryHeader, count, share } from './arbitrary-header.ts'
import { dealtReason } from './arbitrary-reason.ts'

interface Draft {
  readonly kind: 'pass' | 'edit'
  readonly splices: readonly { readonly at: number; readonly removed: number; readonly inserted: number }[]
  readonly picks: readonly {
    readonly at: number
    readonly id: number
    readonly probability: number
    readonly rule: number
  }[]
  readonly counts: number
  readonly block: readonly [number, number]
  readonly wait: number
  readonly passShare: number
}

/** Numbers that say where, in a thousand. */
const PARTS = 1000

const place = count(PARTS - 1)

/** Any step at all: positions committed, revised, masked again and thrown anew in any order, put in and taken out. */
const drafts: fc.Arbitrary<Draft> = fc.record({
  kind: fc.oneof({ weight: 6, arbitrary: fc.constant('pass' as const) }, fc.constant('edit' as const)),
  splices: fc.oneof(
    { weight: 6, arbitrary: fc.constant([]) },
    fc.array(fc.record({ at: place, removed: count(3), inserted: count(3) }), { maxLength: 2 }),
  ),
  picks: fc.array(
    fc.record({
      at: place,
      id: place,
      probability: fc.oneof({ weight: 9, arbitrary: share }, fc.constant(NaN)),
      rule: place,
    }),
    { maxLength: 16 },
  ),
  counts: count(12),
  block: fc.tuple(place, place),
  wait: fc.double({ min: 0, max: 5000, noNaN: true }),
  passShare: share,
})

/** A place in a thousand as one below `n`. */
function below(part: number, n: number): number {
  return Math.floor((part * n) / PARTS)
}

/** Where a step stands: how many positions there are, and what stands there. */
interface Stand {
  readonly step: number
  readonly at: number
  readonly ids: readonly number[]
}

/** A draft as a step of a trace that stands so. */
function stepOf(draft: Draft, { step, at, ids: before }: Stand, header: TraceHeader): TraceStep {
  const { mask, end, size } = header.vocabulary
  const isEdit = draft.kind === 'edit'
  const ids = [...before]
  const isFixed = header.knowledge.steps !== 'pass'
  const splices = draft.splices.flatMap((splice) => {
    // A service's text grows and shrinks at its end.
    if (isFixed) return []
    const where = below(splice.at, ids.length + 1)
    const removed = Math.min(splice.removed, ids.length - where)
    if (ids.length - removed + splice.inserted < 1) return []
    ids.splice(where, removed, ...new Array<number>(splice.inserted).fill(mask ?? end))
    return [{ at: where, removed, inserted: splice.inserted }]
  })
  const chosen = new Map(draft.picks.map((pick) => [below(pick.at, ids.length), pick]))
  const counts = { of: draft.counts, quota: draft.counts % 5 }
  const commits = [...chosen].map(([position, pick], rank): Commit => {
    const reason = isEdit
      ? ({ rule: (['pinned', 'replaced', 'masked'] as const)[pick.rule % 3]! } as const)
      : dealtReason(pick.rule, header, counts)
    const back = reason.rule === 'taken-back' || reason.rule === 'masked'
    const id = back && mask !== null ? mask : below(pick.id, size)
    return {
      position,
      id,
      previous: ids[position]!,
      probability: isEdit ? NaN : pick.probability,
      rank: rank + 1,
      reason,
    }
  })
  const rows = isEdit ? 0 : Math.min(before.length, header.vocabulary.mask === null ? before.length : 1)
  const span = Math.max(before.length, ids.length)
  const [one, other] = draft.block.map((part) => below(part, span)) as [number, number]
  const reads = <T extends Int32Array | Float32Array>(array: T, from: (row: number) => number) =>
    array.map((_, row) => from(row)) as T
  return {
    step,
    at: at + (isEdit ? 0 : draft.wait),
    passMs: isEdit ? 0 : draft.wait * draft.passShare,
    ...(!isEdit &&
      draft.counts > 8 && { split: { networkMs: draft.wait, queueMs: 0, computeMs: draft.counts } }),
    ...(isEdit && { edit: true }),
    ...(splices.length > 0 && { splices }),
    block: [Math.min(one, other), Math.max(one, other) + 1],
    positions: reads(new Int32Array(rows), (row) => row),
    k: 2,
    ids: reads(new Int32Array(2 * rows), (at) => (at + draft.counts) % size),
    logProbs: reads(new Float32Array(2 * rows), (at) => -0.5 - (at % 2)),
    entropy: new Float32Array(rows).fill(1),
    guesses: reads(new Int32Array(rows), (row) => (row + draft.counts) % size),
    confidence: new Float32Array(rows).fill(0.6),
    ...(draft.counts % 2 === 1 && { order: reads(new Int32Array(rows), (row) => row + 1) }),
    commits,
  }
}

/** The steps of these drafts behind some that are there. */
function grow(header: TraceHeader, begun: readonly TraceStep[], all: readonly Draft[]): TraceStep[] {
  const { mask, end } = header.vocabulary
  const length = header.canvas?.ids.length ?? header.settings.answerLength
  let ids = [...(header.canvas?.ids ?? new Array<number>(length).fill(mask ?? end))]
  const steps: TraceStep[] = []
  const take = (step: TraceStep) => {
    const next = [...ids]
    for (const { at, removed, inserted } of step.splices ?? []) {
      next.splice(at, removed, ...new Array<number>(inserted).fill(mask ?? end))
    }
    for (const { position, id } of step.commits) next[position] = id
    ids = next
    steps.push(step)
  }
  begun.forEach(take)
  for (const draft of all) {
    take(stepOf(draft, { step: steps.length + 1, at: steps.at(-1)?.at ?? 0, ids }, header))
  }
  return steps
}

/** A position a step, in order. */
function write(header: TraceHeader, all: readonly Draft[]): TraceStep[] {
  const drafted = grow(
    header,
    [],
    all.slice(0, header.settings.answerLength).map((draft) => ({ ...draft, kind: 'pass', splices: [] })),
  )
  const mask = header.vocabulary.mask ?? header.vocabulary.end
  return drafted.map((step, position) => {
    const { id, probability } = step.commits[0] ?? { id: 3, probability: 0.5 }
    const written = id === mask ? 3 : id
    return {
      ...step,
      commits: [{ position, id: written, previous: mask, probability, rank: 1, reason: { rule: 'next' } }],
      block: [0, header.settings.answerLength],
    }
  })
}

const statuses = fc.constantFrom('done' as const, 'stopped' as const, 'failed' as const, 'running' as const)

/** Any run of a diffusion model: with a mask or without one, on a canvas of masks or of what is given. */
const diffusionTraces: fc.Arbitrary<Trace> = fc
  .record({
    header: arbitraryHeader('diffusion'),
    all: fc.array(drafts, { maxLength: 12 }),
    status: statuses,
  })
  .map(({ header, all, status }) => ({ header, status, steps: grow(header, [], all) }))

const autoregressiveTraces: fc.Arbitrary<Trace> = fc
  .record({
    header: arbitraryHeader('autoregressive'),
    all: fc.array(drafts, { maxLength: 12 }),
    status: statuses,
  })
  .map(({ header, all, status }) => ({ header, status, steps: write(header, all) }))

/** The text of a token in these comparisons: some have none, some hold a part of a character. */
function piecesOf(table: number) {
  return (id: number) => {
    if (id % 7 === 6) return Uint8Array.of(0xe2, 0x82)
    return new TextEncoder().encode(id % 5 === 4 ? '' : ` ${'é€😀'.slice((id + table) % 3)}${id}`)
  }
}

interface LaneDraft {
  readonly id: string
  readonly name: string
  readonly source: Source
  readonly table: number
  readonly trace: Trace | null
  /** Where it leaves an earlier lane, and what it does then; null where it does not. */
  readonly fork: { readonly from: number; readonly step: number; readonly all: readonly Draft[] } | null
}

const laneDrafts: fc.Arbitrary<LaneDraft> = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/),
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  source: fc.constantFrom(
    'recorded' as const,
    'shared' as const,
    'derived' as const,
    'illustrative' as const,
  ),
  table: count(1),
  trace: fc.oneof(
    { weight: 6, arbitrary: diffusionTraces },
    { weight: 3, arbitrary: autoregressiveTraces },
    fc.constant(null),
  ),
  fork: fc.option(
    fc.record({ from: count(MOST_LANES), step: count(14), all: fc.array(drafts, { maxLength: 4 }) }),
  ),
})

function lanesOf(all: readonly LaneDraft[]): Lane[] {
  const lanes: Lane[] = []
  for (const { id, name, source, table, trace, fork } of all) {
    const from = fork && lanes[fork.from % Math.max(1, lanes.length)]
    const base = { id, name, source }
    if (fork && from?.trace && from.decoder === 'diffusion') {
      const step = Math.min(fork.step, from.trace.steps.length)
      const { header } = from.trace
      const steps = grow(header, from.trace.steps.slice(0, step), fork.all)
      lanes.push({
        ...base,
        decoder: 'diffusion',
        pieces: from.pieces,
        trace: { header, steps, status: 'stopped' },
        parent: { lane: from.id, step },
      })
    } else {
      lanes.push({
        ...base,
        decoder: trace?.header.decoder ?? 'autoregressive',
        pieces: piecesOf(table),
        trace,
      })
    }
  }
  return lanes
}

/** The two that a fresh run makes have the ids and names of their decoders. */
function named(lanes: readonly Lane[], isUsual: boolean): readonly Lane[] {
  const [first] = lanes
  if (!isUsual || first === undefined || lanes.length > 1) return lanes
  return [{ ...first, id: first.decoder, name: 'Diffusion' }]
}

/** Comparisons of any shape: one to six lanes, forks, edits, and runs without a mask included. */
export const comparisons: fc.Arbitrary<Comparison> = fc
  .record({
    prompt: fc.string({ unit: 'binary', maxLength: 60 }),
    drafts: fc.uniqueArray(laneDrafts, { minLength: 1, maxLength: MOST_LANES, selector: ({ id }) => id }),
    isUsual: fc.boolean(),
    leader: count(MOST_LANES - 1),
    recordedAt: fc.option(
      fc
        .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    ),
  })
  .map(({ prompt, drafts, isUsual, leader, recordedAt }) => {
    const lanes = named(lanesOf(drafts), isUsual)
    return { prompt, lanes, leader: lanes[leader % lanes.length]!.id, recordedAt }
  })
