import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison, Source } from '../comparison.ts'

/** How a run came about. */
export type Provenance = Extract<Source, 'recorded' | 'derived' | 'illustrative'>

/** One run that came in a file. Its header says what is known of it; times that are not known are 0. */
export interface ImportedRun {
  readonly trace: Trace
  readonly pieces: Pieces
  readonly provenance: Provenance
  /** Sentences for the person: what was assumed, and what the file did not hold. */
  readonly notes: readonly string[]
}

export type Imported =
  | { readonly ok: true; readonly comparison: Comparison; readonly notes: readonly string[] }
  | {
      readonly ok: false
      /** A sentence for the person, with the path of what is wrong. */
      readonly message: string
    }

/** A run as a comparison of one lane. */
export function comparisonOfRun({ trace, pieces, provenance }: ImportedRun): Comparison {
  const { decoder, prompt } = trace.header
  const name = decoder === 'diffusion' ? 'Diffusion' : 'Autoregressive'
  const lane = { id: decoder, name, decoder, trace, pieces, source: provenance }
  return { prompt, lanes: [lane], leader: decoder, recordedAt: null }
}

/** Thrown inside an importer; `importFile` turns it into a result. */
export class ImportError extends Error {
  /** @param path where in the file, for example `frames.3.operations.0` */
  constructor(path: string, sentence: string) {
    super(path === '' ? sentence : `${path}: ${sentence}`)
  }
}
