import type { AutoregressiveSettings } from '../../../core/settings.ts'
import type { Vocabulary } from '../../../core/vocabulary.ts'
import type { Device, ModelCard } from '../../../trace/trace.ts'
import type { FlatDiffusionSettings } from '../../pair/flat-settings.ts'
import type { RECORDS, UNRECORDED } from '../../pair/pair.ts'
import type { TeacherFlags } from '../shared-comparison.ts'
import type { Rule, STATUSES } from './tables.ts'

/** What was decided about one position. */
export interface LinkedCommit {
  /** From 1. */
  readonly step: number
  readonly position: number
  readonly id: number
  /** Probability in 255ths; null where it is not known. */
  readonly confidence: number | null
  readonly rule: Rule
}

/** What a step is known by besides its commits. */
export interface LinkedStep {
  readonly block: readonly [number, number]
  /** Duration in units of the lane's clock. */
  readonly ticks: number
  /** Positions that could have been committed, and how many the schedule allowed; 0 where no rule says so. */
  readonly of: number
  readonly quota: number
}

/** One lane as version 2 holds it. */
export interface LinkedLane<Settings> {
  readonly settings: Settings
  readonly model: ModelCard
  readonly device: Device
  readonly vocabulary: Vocabulary
  readonly status: (typeof STATUSES)[number]
  readonly steps: readonly LinkedStep[]
  /** In order of step, then of rank in the step. A later commit of a position revises an earlier one. */
  readonly commits: readonly LinkedCommit[]
  /** Tenths of milliseconds in one unit of the clock. */
  readonly clockUnit: number
  /** Share of the clock spent in forward passes, in 255ths. */
  readonly passShare: number
  /** Least probability of a free tail; absent where there was no tail. */
  readonly tailFloor?: number
  /** Absent where a step is a forward pass. */
  readonly record?: (typeof RECORDS)[number]
}

/** All that a link of version 2 holds. */
export interface LinkedPair {
  readonly prompt: string
  /** Seconds since 1970, below 2³². */
  readonly recordedAt: number
  /** The text of every token that was committed, by ascending id: UTF-8, perhaps part of a character. */
  readonly pieces: readonly (readonly [id: number, bytes: Uint8Array])[]
  readonly diffusion: LinkedLane<FlatDiffusionSettings>
  readonly autoregressive: LinkedLane<AutoregressiveSettings>
  /** Step of the diffusion lane that the sender looked at. */
  readonly playhead: number
  readonly caption: string
  readonly teacher: TeacherFlags
  /** Absent for a record of a run. */
  readonly provenance?: (typeof UNRECORDED)[number]
  /** Absent where the rules of commits mean what they say. */
  readonly lacksReasons?: true
}
