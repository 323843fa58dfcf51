import * as v from 'valibot'
import { MOST_LANES, SOURCES } from '../../comparison.ts'
import { LIMITS } from '../../limits.ts'
import { LaneIdSchema, LaneNameSchema } from '../../schema/lane.ts'
import { deviceEntries, modelEntries, StepKindSchema, vocabularyEntries } from '../../schema/model.ts'
import { positive, whole } from '../../schema/numbers.ts'
import { ReasonSchema } from '../../schema/reason.ts'
import { AutoregressiveSettingsSchema, DiffusionSettingsSchema } from '../../schema/settings.ts'
import { PieceTableSchema } from '../piece-file.ts'

/** A probability in ten-thousandths. */
const share = v.pipe(whole, v.maxValue(10_000))
const tokenId = v.pipe(whole, v.maxValue(LIMITS.id))
const position = v.pipe(whole, v.maxValue(LIMITS.positions))
const ids = v.pipe(v.array(tokenId), v.maxLength(LIMITS.ids, `at most ${LIMITS.ids} ids`))

/** Position, id, previous id, probability (null: not known), rank, index of the reason in the step's `reasons`. */
const CommitRow = v.tuple([position, tokenId, tokenId, v.nullable(share), whole, whole])
/** Where, how many positions are taken out, how many are put in. */
const SpliceRow = v.tuple([position, position, position])

const StepSchema = v.pipe(
  v.object({
    at: positive,
    passMs: positive,
    split: v.exactOptional(v.object({ networkMs: positive, queueMs: positive, computeMs: positive })),
    /** A draft's block, its step in it, and how many steps the block takes at most. */
    draft: v.exactOptional(v.tuple([whole, whole, whole])),
    edit: v.exactOptional(v.literal(true)),
    splices: v.exactOptional(v.pipe(v.array(SpliceRow), v.maxLength(LIMITS.positions))),
    block: v.tuple([whole, whole]),
    k: v.pipe(whole, v.minValue(1), v.maxValue(1024)),
    positions: v.array(position),
    ids: v.array(tokenId),
    shares: v.array(share),
    /** null: not known. */
    entropy: v.array(v.nullable(positive)),
    guesses: v.array(tokenId),
    confidence: v.array(v.nullable(share)),
    order: v.exactOptional(v.array(position)),
    reasons: v.array(ReasonSchema),
    commits: v.array(CommitRow),
  }),
  v.check(
    ({ k, positions, ids, shares }) => ids.length === positions.length * k && shares.length === ids.length,
    'there must be k ids and k shares for every position',
  ),
  v.check(
    ({ positions, entropy, guesses, confidence, order = positions }) =>
      [entropy, guesses, confidence, order].every((column) => column.length === positions.length),
    'entropy, guesses, confidence and order must each have one number for every position',
  ),
  v.check(
    ({ reasons, commits }) => commits.every((commit) => commit[5] < reasons.length),
    'a commit names a reason that is not there',
  ),
)

const KnowledgeSchema = v.object({
  confidence: v.boolean(),
  candidates: v.boolean(),
  guesses: v.boolean(),
  reasons: v.boolean(),
  clock: v.boolean(),
  steps: StepKindSchema,
})

const header = {
  /** Absent where it is the comparison's. */
  prompt: v.exactOptional(v.string()),
  promptIds: ids,
  vocabulary: v.object(vocabularyEntries),
  model: v.object(modelEntries),
  device: v.object(deviceEntries),
  knowledge: KnowledgeSchema,
  canvas: v.exactOptional(v.object({ ids: v.array(tokenId), given: v.array(position) })),
}

const run = {
  status: v.picklist(['running', 'done', 'stopped', 'failed']),
  /** Index of its table. */
  pieces: whole,
  /** Steps at the start that are those of its parent, and not written again. */
  inherited: v.exactOptional(whole),
  summary: v.exactOptional(v.pipe(v.string(), v.maxLength(LIMITS.summary))),
  steps: v.pipe(v.array(StepSchema), v.maxLength(LIMITS.steps, `a run has at most ${LIMITS.steps} steps`)),
}

const lane = {
  id: LaneIdSchema,
  name: LaneNameSchema,
  source: v.picklist(SOURCES),
  parent: v.exactOptional(v.object({ lane: v.string(), step: whole })),
}

const LaneSchema = v.variant('decoder', [
  v.object({
    ...lane,
    decoder: v.literal('diffusion'),
    run: v.nullable(v.object({ header: v.object({ ...header, settings: DiffusionSettingsSchema }), ...run })),
  }),
  v.object({
    ...lane,
    decoder: v.literal('autoregressive'),
    run: v.nullable(
      v.object({ header: v.object({ ...header, settings: AutoregressiveSettingsSchema }), ...run }),
    ),
  }),
])

/** A comparison as JSON. Rows of a step lie flat, one array a column. */
export const ComparisonSchema = v.object({
  version: v.literal(2),
  recordedAt: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  prompt: v.string(),
  leader: v.string(),
  pieces: v.pipe(v.array(PieceTableSchema), v.maxLength(MOST_LANES)),
  lanes: v.pipe(
    v.array(LaneSchema),
    v.minLength(1, 'a comparison has at least one lane'),
    v.maxLength(MOST_LANES, `a comparison has at most ${MOST_LANES} lanes`),
  ),
})

export type ComparisonFile = v.InferOutput<typeof ComparisonSchema>
export type LaneFile = ComparisonFile['lanes'][number]
export type RunFile = NonNullable<LaneFile['run']>
export type StepFile = v.InferOutput<typeof StepSchema>
