import fc from 'fast-check'
import { STRATEGY_NAMES, type AutoregressiveSettings, type DiffusionSettings } from '../../core/settings.ts'
import type { Commit, CommitReason } from '../../core/step-event.ts'
import type { Vocabulary } from '../../core/vocabulary.ts'
import { RECORDS, type Trace, type TraceStep } from '../../trace/trace.ts'
import { LACKS, UNRECORDED, type Comparison } from '../comparison.ts'

const count = (max: number, min = 0) => fc.integer({ min, max })
const share = fc.double({ min: 0, max: 1, noNaN: true })

const vocabularies: fc.Arbitrary<Vocabulary> = count(300, 12).map((size) => ({
  size,
  mask: 0,
  end: 1,
  suppressed: [0, 2],
}))

const models = fc.record({
  name: fc.string(),
  revision: fc.string({ maxLength: 64 }),
  parameters: count(2 ** 31 - 1),
  precision: fc.string(),
})

const devices = fc.record(
  {
    backend: fc.constantFrom('webgpu' as const, 'wasm' as const, 'cpu' as const, 'remote' as const),
    label: fc.string({ unit: 'grapheme' }),
    threads: count(64, 1),
  },
  { requiredKeys: ['backend', 'label'] },
)

const sampling = (answerLength: number) => ({
  answerLength: fc.constant(answerLength),
  temperature: fc.double({ min: 0, max: 4, noNaN: true }).map((value) => value + 0),
  topK: count(50, 1),
  seed: fc.maxSafeNat(),
})

const diffusionSettings = (answerLength: number): fc.Arbitrary<DiffusionSettings> =>
  fc.record({
    strategy: fc.constantFrom(...STRATEGY_NAMES),
    ...sampling(answerLength),
    blockLength: count(answerLength, 1),
    steps: count(answerLength, 1),
    threshold: share.map((value) => value + 0),
    factor: share.map((value) => value + 0),
  })

interface Draft {
  readonly positions: readonly number[]
  readonly ids: readonly number[]
  readonly probabilities: readonly number[]
  readonly rules: readonly number[]
  readonly of: number
  readonly quota: number
  readonly block: readonly [number, number]
  readonly wait: number
  readonly passShare: number
}

/** Any step at all: positions committed, revised and masked again in any order. */
const drafts = (length: number, size: number): fc.Arbitrary<Draft> =>
  fc.uniqueArray(count(length - 1), { maxLength: length }).chain((positions) => {
    const column = <T>(one: fc.Arbitrary<T>) =>
      fc.array(one, { minLength: positions.length, maxLength: positions.length })
    return fc.record({
      positions: fc.constant(positions),
      ids: column(fc.oneof(count(size - 1), fc.constant(1), fc.constant(0))),
      probabilities: column(fc.oneof({ weight: 9, arbitrary: share }, fc.constant(NaN))),
      rules: column(count(6)),
      of: count(length),
      quota: count(length),
      block: count(length - 1).chain((start) => count(length, start + 1).map((end) => [start, end] as const)),
      wait: fc.double({ min: 0, max: 5000, noNaN: true }),
      passShare: share,
    })
  })

function reasonOf(
  rule: number,
  { of, quota }: Draft,
  settings: DiffusionSettings | AutoregressiveSettings,
): CommitReason {
  const { threshold, factor } = 'strategy' in settings ? settings : { threshold: 0, factor: 0 }
  const reasons: readonly CommitReason[] = [
    { rule: 'quota', quota, of },
    { rule: 'threshold', threshold, of },
    { rule: 'factor', factor, of },
    { rule: 'at-least-one', of },
    { rule: 'random', quota, of },
    { rule: 'tail', floor: 0.9 },
    { rule: 'tail', floor: 0 },
  ]
  return reasons[rule]!
}

function stepsOf(all: readonly Draft[], settings: DiffusionSettings | AutoregressiveSettings): TraceStep[] {
  const shown = new Map<number, number>()
  let at = 0
  return all.map((draft, index) => {
    const commits = draft.positions.map((position, rank): Commit => ({
      position,
      id: draft.ids[rank]!,
      previous: shown.get(position) ?? 0,
      probability: draft.probabilities[rank]!,
      rank: rank + 1,
      reason: reasonOf(draft.rules[rank]!, draft, settings),
    }))
    for (const { position, id } of commits) shown.set(position, id)
    at += draft.wait
    // One row that is no commit: candidates and guesses which a link leaves out.
    return {
      step: index + 1,
      at,
      passMs: draft.wait * draft.passShare,
      ...(draft.of > 2 && { split: { networkMs: draft.wait, queueMs: 0, computeMs: draft.of } }),
      block: draft.block,
      positions: Int32Array.of(0),
      k: 2,
      ids: Int32Array.of(3, 4),
      logProbs: Float32Array.of(-0.5, -1.5),
      entropy: Float32Array.of(1),
      guesses: Int32Array.of(3),
      confidence: Float32Array.of(0.6),
      commits,
    }
  })
}

const statuses = fc.constantFrom('done' as const, 'stopped' as const, 'failed' as const, 'running' as const)

const base = (prompt: string) =>
  vocabularies.chain((vocabulary) =>
    fc.record(
      {
        prompt: fc.constant(prompt),
        promptIds: fc.constant([]),
        vocabulary: fc.constant(vocabulary),
        model: models,
        device: devices,
        record: fc.constantFrom(...RECORDS),
      },
      { requiredKeys: ['prompt', 'promptIds', 'vocabulary', 'model', 'device'] },
    ),
  )

const diffusionTraces = (prompt: string): fc.Arbitrary<Trace> =>
  fc
    .tuple(base(prompt), count(24, 1).chain(diffusionSettings), statuses)
    .chain(([header, settings, status]) =>
      fc
        .array(drafts(settings.answerLength, header.vocabulary.size), { maxLength: 12 })
        .map((all): Trace => ({
          header: { ...header, decoder: 'diffusion', settings },
          steps: stepsOf(all, settings),
          status,
        })),
    )

const autoregressiveTraces = (prompt: string): fc.Arbitrary<Trace> =>
  fc
    .tuple(
      base(prompt),
      count(24, 1).chain((length) => fc.record(sampling(length))),
      statuses,
    )
    .chain(([header, settings, status]) =>
      fc.array(drafts(1, header.vocabulary.size), { maxLength: settings.answerLength }).map((all): Trace => {
        const steps = stepsOf(all, settings).map((step, position) => ({
          ...step,
          commits: [
            {
              position,
              id: all[position]!.ids[0] ?? 3,
              previous: 0,
              probability: all[position]!.probabilities[0] ?? 0.5,
              rank: 1,
              reason: { rule: 'next' as const },
            },
          ],
          block: [0, settings.answerLength] as const,
        }))
        return { header: { ...header, decoder: 'autoregressive', settings }, steps, status }
      }),
    )

/** The text of a token in these comparisons: some have none, some hold a part of a character. */
function pieces(id: number): Uint8Array {
  if (id % 7 === 6) return Uint8Array.of(0xe2, 0x82)
  return new TextEncoder().encode(id % 5 === 4 ? '' : ` ${'abcé€😀'.repeat(1 + (id % 3))}${id}`)
}

/** Comparisons of any shape, revising and masking again included. */
export const comparisons: fc.Arbitrary<Comparison> = fc
  .string({ unit: 'binary', maxLength: 60 })
  .chain((prompt) =>
    fc.record(
      {
        prompt: fc.constant(prompt),
        diffusion: diffusionTraces(prompt),
        autoregressive: autoregressiveTraces(prompt),
        pieces: fc.constant(pieces),
        recordedAt: fc
          .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
          .map((date) => date.toISOString()),
        provenance: fc.constantFrom(...UNRECORDED),
        lacks: fc.subarray([...LACKS]),
      },
      { requiredKeys: ['prompt', 'diffusion', 'autoregressive', 'pieces', 'recordedAt'] },
    ),
  )
