import type { Pieces } from '../trace/pieces.ts'
import type { Trace } from '../trace/trace.ts'

/** What a trace could hold and one that travelled does not: it is not drawn, and the page says so. */
export const LACKS = ['guesses', 'candidates', 'reasons'] as const
export type Lack = (typeof LACKS)[number]

/** How a comparison came about that is not a record of a run: read off differences of drafts, or made up. */
export const UNRECORDED = ['derived', 'illustrative'] as const
export type Unrecorded = (typeof UNRECORDED)[number]

/** One prompt, answered by both decoders. */
export interface Comparison {
  readonly prompt: string
  readonly diffusion: Trace
  readonly autoregressive: Trace
  /** Of every token that occurs in the traces. */
  readonly pieces: Pieces
  /** ISO 8601. */
  readonly recordedAt: string
  /** Absent for a record of a run. */
  readonly provenance?: Unrecorded
  /** Absent where nothing is lacking. */
  readonly lacks?: readonly Lack[]
}
