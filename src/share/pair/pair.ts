import type { AutoregressiveSettings } from '../../core/settings.ts'
import type { Vocabulary } from '../../core/vocabulary.ts'
import type { Device, ModelCard, TraceStatus, TraceStep } from '../../trace/trace.ts'
import type { PieceTable } from '../piece-tables.ts'
import type { FlatDiffusionSettings } from './flat-settings.ts'

/** What traces of a pair lacked. */
export const LACKS = ['guesses', 'candidates', 'reasons'] as const
/** How a pair came about that was not the record of a run. */
export const UNRECORDED = ['derived', 'illustrative'] as const
/** What a service's lane was a record of. */
export const RECORDS = ['text', 'drafts'] as const

/** One of the two lanes. */
export interface PairRun<Settings> {
  readonly header: {
    readonly promptIds: readonly number[]
    readonly vocabulary: Vocabulary
    readonly model: ModelCard
    readonly device: Device
    readonly settings: Settings
    /** Absent where a step is a forward pass. */
    readonly record?: (typeof RECORDS)[number]
  }
  readonly status: TraceStatus
  readonly steps: readonly TraceStep[]
}

/**
 * A comparison as version 1 of the file and version 2 of the link knew it: one lane of each decoder, and one table of
 * pieces for both. Where they ran on different models, the autoregressive lane's ids stand behind those of the
 * diffusion lane.
 */
export interface Pair {
  readonly prompt: string
  readonly recordedAt: string | null
  readonly diffusion: PairRun<FlatDiffusionSettings>
  readonly autoregressive: PairRun<AutoregressiveSettings>
  readonly pieces: PieceTable
  /** Absent for a record of a run. */
  readonly provenance?: (typeof UNRECORDED)[number] | undefined
  readonly lacks: readonly (typeof LACKS)[number][]
}
