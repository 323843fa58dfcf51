import type { AutoregressiveSettings, DiffusionSettings } from '../../core/settings.ts'
import type { CommitReason } from '../../core/step-event.ts'
import type { Vocabulary } from '../../core/vocabulary.ts'
import type { Device, ModelCard, ServiceRecord, TraceStatus } from '../../trace/trace.ts'
import type { Unrecorded } from '../comparison.ts'

/** Why a token was committed: the names of `CommitReason`. Only append: the index is in links. */
export const RULES = [
  'quota',
  'threshold',
  'factor',
  'at-least-one',
  'random',
  'tail',
  'next',
  /** A tail that follows from a block's end: its floor is 0. */
  'tail-free',
] as const satisfies readonly (CommitReason['rule'] | 'tail-free')[]

export type Rule = (typeof RULES)[number]

/** Only append: the index is in links. */
export const STATUSES = ['done', 'stopped', 'failed', 'running'] as const satisfies readonly TraceStatus[]

/** Stands in the column of 255 − confidence where the confidence is not known. */
export const UNKNOWN = 256

/** What was decided about one position. */
export interface SharedCommit {
  /** From 1. */
  readonly step: number
  readonly position: number
  readonly id: number
  /** Probability in 255ths; null where it is not known. */
  readonly confidence: number | null
  readonly rule: Rule
}

/** What a step is known by besides its commits. */
export interface SharedStep {
  readonly block: readonly [number, number]
  /** Duration in units of the lane's clock. */
  readonly ticks: number
  /** Positions that could have been committed, and how many the schedule allowed; 0 where no rule says so. */
  readonly of: number
  readonly quota: number
}

/** One lane as a link holds it: what was committed, when, how surely; no candidates and no guesses. */
export interface SharedLane<Settings> {
  readonly settings: Settings
  readonly model: ModelCard
  readonly device: Device
  readonly vocabulary: Vocabulary
  readonly status: TraceStatus
  readonly steps: readonly SharedStep[]
  /** In order of step, then of rank in the step. A later commit of a position revises an earlier one. */
  readonly commits: readonly SharedCommit[]
  /** Tenths of milliseconds in one unit of the clock. */
  readonly clockUnit: number
  /** Share of the clock spent in forward passes, in 255ths. */
  readonly passShare: number
  /** Least probability of a free tail; absent where there was no tail. */
  readonly tailFloor?: number
  /** Absent where a step is a forward pass. */
  readonly record?: ServiceRecord
}

/** What a teacher asks of the page that opens the link. */
export interface TeacherFlags {
  readonly hideControls: boolean
  readonly lockStep: boolean
}

/** All that a comparison link holds. The same comparison has one form, and one link. */
export interface SharedComparison {
  readonly prompt: string
  /** Seconds since 1970, below 2³². */
  readonly recordedAt: number
  /** The text of every token that was committed, by ascending id: UTF-8, perhaps part of a character. */
  readonly pieces: readonly (readonly [id: number, bytes: Uint8Array])[]
  readonly diffusion: SharedLane<DiffusionSettings>
  readonly autoregressive: SharedLane<AutoregressiveSettings>
  /** Step of the diffusion lane that the sender looked at. */
  readonly playhead: number
  readonly caption: string
  readonly teacher: TeacherFlags
  /** Absent for a record of a run. */
  readonly provenance?: Unrecorded
  /** Absent where the rules of commits mean what they say. */
  readonly lacksReasons?: true
}

/** What a link may hold at most; a longer comparison travels as a file. */
export const LIMITS = {
  positions: 4096,
  steps: 8192,
  commits: 16_384,
  pieces: 8192,
  pieceBytes: 255,
  id: 2 ** 24,
  ticks: 2 ** 24,
  textBytes: 96_000,
  /** UTF-16 units of the caption. */
  caption: 400,
} as const
