import * as v from 'valibot'
import { LIMITS } from '../../limits.ts'
import { flatDiffusionEntries, flatSamplingEntries, isWithin } from '../../pair/flat-settings.ts'
import { LACKS, RECORDS, UNRECORDED } from '../../pair/pair.ts'
import { finite, positive, whole } from '../../schema/numbers.ts'
import { PieceTableSchema } from '../piece-file.ts'

/** A probability in ten-thousandths. */
const share = v.pipe(whole, v.maxValue(10_000))

const Reason = v.variant('rule', [
  v.object({ rule: v.literal('quota'), quota: whole, of: whole }),
  v.object({ rule: v.literal('random'), quota: whole, of: whole }),
  v.object({ rule: v.literal('threshold'), threshold: finite, of: whole }),
  v.object({ rule: v.literal('factor'), factor: finite, of: whole }),
  v.object({ rule: v.literal('at-least-one'), of: whole }),
  v.object({ rule: v.literal('tail'), floor: finite }),
  v.object({ rule: v.literal('next') }),
])

/** Position, id, previous id, probability (null: not known), rank, index of the reason in the step's `reasons`. */
const CommitRow = v.tuple([whole, whole, whole, v.nullable(share), whole, whole])

const Step = v.pipe(
  v.object({
    at: positive,
    passMs: positive,
    split: v.exactOptional(v.object({ networkMs: positive, queueMs: positive, computeMs: positive })),
    block: v.tuple([whole, whole]),
    k: v.pipe(whole, v.minValue(1)),
    positions: v.array(whole),
    ids: v.array(whole),
    shares: v.array(share),
    /** null: not known. */
    entropy: v.array(v.nullable(positive)),
    guesses: v.array(whole),
    confidence: v.array(v.nullable(share)),
    reasons: v.array(Reason),
    commits: v.array(CommitRow),
  }),
  v.check(
    ({ k, positions, ids, shares }) => ids.length === positions.length * k && shares.length === ids.length,
    'there must be k ids and k shares for every position',
  ),
  v.check(
    ({ positions, entropy, guesses, confidence }) =>
      [entropy, guesses, confidence].every((column) => column.length === positions.length),
    'entropy, guesses and confidence must each have one number for every position',
  ),
  v.check(
    ({ reasons, commits }) => commits.every((commit) => commit[5] < reasons.length),
    'a commit names a reason that is not there',
  ),
)

const Vocabulary = v.object({ size: whole, mask: whole, end: whole, suppressed: v.array(whole) })
const Model = v.object({ name: v.string(), revision: v.string(), parameters: whole, precision: v.string() })
const Device = v.object({
  backend: v.picklist(['webgpu', 'wasm', 'cpu', 'remote']),
  label: v.string(),
  threads: v.exactOptional(whole),
})
const base = {
  prompt: v.string(),
  promptIds: v.array(whole),
  vocabulary: Vocabulary,
  model: Model,
  device: Device,
  record: v.exactOptional(v.picklist(RECORDS)),
}
const DiffusionHeader = v.object({
  ...base,
  decoder: v.literal('diffusion'),
  settings: v.pipe(
    v.object(flatDiffusionEntries),
    v.check(isWithin, 'the block length must be at most the answer length'),
  ),
})
const AutoregressiveHeader = v.object({
  ...base,
  decoder: v.literal('autoregressive'),
  settings: v.object(flatSamplingEntries),
})

const run = {
  status: v.picklist(['running', 'done', 'stopped', 'failed']),
  steps: v.pipe(v.array(Step), v.maxLength(LIMITS.steps, `a run has at most ${LIMITS.steps} steps`)),
}
const DiffusionRun = v.object({ header: DiffusionHeader, ...run })
const AutoregressiveRun = v.object({ header: AutoregressiveHeader, ...run })

/** A comparison as JSON when it had one lane of each decoder, and one table of pieces for both. Frozen. */
export const ComparisonSchema = v.object({
  version: v.literal(1),
  recordedAt: v.pipe(v.string(), v.isoTimestamp()),
  provenance: v.exactOptional(v.picklist(UNRECORDED)),
  lacks: v.exactOptional(v.array(v.picklist(LACKS))),
  prompt: v.string(),
  diffusion: DiffusionRun,
  autoregressive: AutoregressiveRun,
  pieces: PieceTableSchema,
})

type ComparisonFile = v.InferOutput<typeof ComparisonSchema>
export type RunFile = ComparisonFile['diffusion'] | ComparisonFile['autoregressive']
export type StepFile = v.InferOutput<typeof Step>
