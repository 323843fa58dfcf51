import * as v from 'valibot'
import { CLOCKS } from '../../../trace/timeline.ts'
import { MOST_LANES } from '../../comparison.ts'
import { LaneIdSchema, LaneNameSchema } from '../../schema/lane.ts'
import { deviceEntries, modelEntries, StepKindSchema, vocabularyEntries } from '../../schema/model.ts'
import { finite, whole } from '../../schema/numbers.ts'
import { LIMITS as OF_WORDS } from '../shared-comparison.ts'
import { LIMITS } from './tables.ts'

/** What a trace may show and this one does not. */
export const KNOWN = ['confidence', 'reasons', 'clock', 'guesses'] as const

/** What of a run is words; what is absent is as in the lane before, or as it mostly is. Keys are written in this order. */
const RunSchema = v.strictObject({
  prompt: v.exactOptional(v.string()),
  settings: v.exactOptional(v.record(v.string(), v.union([v.string(), finite]))),
  model: v.exactOptional(v.strictObject(modelEntries)),
  device: v.exactOptional(v.strictObject(deviceEntries)),
  vocabulary: v.exactOptional(v.strictObject(vocabularyEntries)),
  without: v.exactOptional(v.array(v.picklist(KNOWN))),
  steps: v.exactOptional(StepKindSchema),
  /** Reasons that are not among those that need no words. */
  rules: v.exactOptional(v.pipe(v.array(v.looseObject({ rule: v.string() })), v.maxLength(LIMITS.rules))),
  status: v.exactOptional(v.picklist(['stopped', 'failed', 'running'])),
})

const LaneSchema = v.strictObject({
  /** Absent where it is the decoder's. */
  id: v.exactOptional(LaneIdSchema),
  name: v.exactOptional(LaneNameSchema),
  decoder: v.exactOptional(v.literal('autoregressive')),
  source: v.exactOptional(v.picklist(['derived', 'illustrative'])),
  parent: v.exactOptional(v.strictObject({ lane: v.string(), step: whole })),
  /** Absent where it has not begun. */
  run: v.exactOptional(RunSchema),
})

/** The part of a link that is JSON. */
export const WordsSchema = v.strictObject({
  prompt: v.string(),
  caption: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(OF_WORDS.caption))),
  /** Absent where it is the first lane. */
  leader: v.exactOptional(v.string()),
  clock: v.exactOptional(v.picklist(CLOCKS)),
  lanes: v.pipe(v.array(LaneSchema), v.minLength(1), v.maxLength(MOST_LANES)),
})

export type Words = v.InferOutput<typeof WordsSchema>
export type LaneWords = Words['lanes'][number]
export type RunWords = NonNullable<LaneWords['run']>
