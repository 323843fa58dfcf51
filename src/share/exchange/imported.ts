import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison, Unrecorded } from '../comparison.ts'

/** How a run came about. */
export type Provenance = 'recorded' | Unrecorded

/** What a file said of a run. What is not known is not drawn. */
interface Known {
  /** Probabilities of commits; NaN in the trace where it is false. */
  readonly confidence: boolean
  /** Milliseconds; all 0 where it is false: play such a run by its steps. */
  readonly clock: boolean
  /** Strategy and settings; defaults stand in the header where it is false. */
  readonly settings: boolean
  /** Ranks and reasons of commits; without meaning where it is false. */
  readonly reasons: boolean
  /** Candidates of positions. */
  readonly candidates: boolean
}

/** One run that came in a file. */
export interface ImportedRun {
  readonly trace: Trace
  readonly pieces: Pieces
  readonly provenance: Provenance
  readonly known: Known
  /** Sentences for the person: what was assumed, and what the file did not hold. */
  readonly notes: readonly string[]
}

export type Imported =
  | { readonly ok: true; readonly kind: 'comparison'; readonly comparison: Comparison }
  | { readonly ok: true; readonly kind: 'run'; readonly run: ImportedRun }
  | {
      readonly ok: false
      /** A sentence for the person, with the path of what is wrong. */
      readonly message: string
    }

/** Thrown inside an importer; `importFile` turns it into a result. */
export class ImportError extends Error {
  /** @param path where in the file, for example `frames.3.operations.0` */
  constructor(path: string, sentence: string) {
    super(path === '' ? sentence : `${path}: ${sentence}`)
  }
}
