import type { Pieces } from '../trace/pieces.ts'
import type { Trace } from '../trace/trace.ts'

/** One prompt, answered by both decoders. */
export interface Comparison {
  readonly prompt: string
  readonly diffusion: Trace
  readonly autoregressive: Trace
  /** Of every token that occurs in the traces. */
  readonly pieces: Pieces
  /** ISO 8601. */
  readonly recordedAt: string
}
