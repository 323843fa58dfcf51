import type { AutoregressiveSettings, DiffusionSettings } from '../../core/settings.ts'
import type { Knowledge } from '../../trace/knowledge.ts'
import type { Clock } from '../../trace/timeline.ts'
import type {
  Decoder,
  Device,
  DraftPlace,
  ModelCard,
  Splice,
  StartingCanvas,
  TraceStatus,
  TraceVocabulary,
} from '../../trace/trace.ts'
import type { LaneParent, Source } from '../comparison.ts'
import type { SharedReason } from './shared-reason.ts'

/** What was decided about one position. */
export interface SharedCommit {
  readonly position: number
  readonly id: number
  /** Probability in 255ths; null where it is not known. */
  readonly confidence: number | null
  readonly reason: SharedReason
}

/** What a step said of a position that always holds a token. */
export type SharedReading = Omit<SharedCommit, 'reason'>

export interface SharedStep {
  readonly block: readonly [number, number]
  /** Duration in units of the lane's clock. */
  readonly ticks: number
  /** Positions that could have been committed, and how many the schedule allowed; 0 where no rule says so. */
  readonly of: number
  readonly quota: number
  readonly edit: boolean
  /** Absent where it is no draft of a service that counts them. */
  readonly draft?: DraftPlace
  readonly splices: readonly Splice[]
  /** By rank; no position twice. */
  readonly commits: readonly SharedCommit[]
  /** All that it read, where the run's knowledge has guesses; by rising position. */
  readonly said: readonly SharedReading[]
}

/** A run as a link holds it: what was committed, when, how surely and why; no candidates. */
export interface SharedRun {
  /** Absent where it is the comparison's. */
  readonly prompt?: string
  readonly settings: DiffusionSettings | AutoregressiveSettings
  readonly model: ModelCard
  readonly device: Device
  readonly vocabulary: TraceVocabulary
  /** Guesses are held of a model without a mask: what it says is what is read. */
  readonly knowledge: Omit<Knowledge, 'candidates'>
  readonly canvas?: StartingCanvas
  readonly status: TraceStatus
  /** Index of the table that holds the text of its tokens. */
  readonly table: number
  /** Steps at the start that are those of its parent. */
  readonly inherited: number
  /** The steps behind them. */
  readonly steps: readonly SharedStep[]
  /** Tenths of milliseconds in one unit of the clock. */
  readonly clockUnit: number
  /** Share of the clock spent in forward passes, in 255ths. */
  readonly passShare: number
  /** What a service says that it thought, or its beginning. */
  readonly summary?: string
}

export interface SharedLane {
  readonly id: string
  readonly name: string
  readonly decoder: Decoder
  readonly source: Extract<Source, 'shared' | 'derived' | 'illustrative'>
  readonly parent?: LaneParent
  /** Null where it has not begun. */
  readonly run: SharedRun | null
}

/** What a teacher asks of the page that opens the link. */
export interface TeacherFlags {
  readonly hideControls: boolean
  readonly lockStep: boolean
}

/** Where a sender's playhead stood. */
export interface SharedPlayhead {
  readonly clock: Clock
  /** Of every lane, in their order; null where it is not known. */
  readonly steps: readonly (number | null)[]
}

/** All that a comparison link holds. The same comparison has one form, and one link. */
export interface SharedComparison {
  readonly prompt: string
  /** Seconds since 1970, below 2³²; null where it is not known. */
  readonly recordedAt: number | null
  /** The text of tokens, by rising id: UTF-8, perhaps part of a character; masks and ends have none. */
  readonly tables: readonly (readonly (readonly [id: number, bytes: Uint8Array])[])[]
  readonly lanes: readonly SharedLane[]
  readonly leader: string
  readonly playhead: SharedPlayhead
  readonly caption: string
  readonly teacher: TeacherFlags
}

/** What the sender's words may take. */
export const LIMITS = {
  /** UTF-16 units of the caption. */
  caption: 400,
  /** UTF-16 units of a lane's summary: what is longer is cut. */
  summary: 2000,
} as const
