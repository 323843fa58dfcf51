import type { Pieces } from '../trace/pieces.ts'
import type { Decoder, Trace } from '../trace/trace.ts'
import type { Comparison } from '../share/comparison.ts'

/** Where a comparison on the page comes from: the label of truth of both lanes. */
export type Source = 'recorded' | 'live' | 'shared'

/** What the page shows. A lane without a trace has not begun. */
export interface Shown {
  readonly source: Source
  readonly prompt: string
  readonly traces: Readonly<Record<Decoder, Trace | null>>
  readonly pieces: Pieces
  /** ISO 8601; null for a run made in this page. */
  readonly recordedAt: string | null
}

/** A finished comparison from a file or a link, as the page shows it. */
export function shownOf(comparison: Comparison, source: Exclude<Source, 'live'>): Shown {
  const { prompt, diffusion, autoregressive, pieces, recordedAt } = comparison
  return { source, prompt, traces: { diffusion, autoregressive }, pieces, recordedAt }
}
