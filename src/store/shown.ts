import type { Comparison, Lack, Unrecorded } from '../share/comparison.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { Decoder, Trace } from '../trace/trace.ts'

/** Where a comparison on the page comes from: the label of truth of both lanes. */
export type Source = 'recorded' | 'live' | 'shared' | Unrecorded

/** What the page shows. A lane without a trace has not begun. */
export interface Shown {
  readonly source: Source
  readonly prompt: string
  readonly traces: Readonly<Record<Decoder, Trace | null>>
  readonly pieces: Pieces
  /** ISO 8601; null where it is not known. */
  readonly recordedAt: string | null
  readonly lacks?: readonly Lack[]
}

/** A comparison from a file or a link, as the page shows it. A lane without steps never ran. */
export function shownOf(
  { prompt, diffusion, autoregressive, pieces, recordedAt, provenance, lacks }: Comparison,
  source: 'recorded' | 'shared',
): Shown {
  const other = autoregressive.steps.length === 0 ? null : autoregressive
  return {
    source: provenance ?? source,
    prompt,
    traces: { diffusion, autoregressive: other },
    pieces,
    recordedAt,
    ...(lacks && { lacks }),
  }
}

/** Whether what is shown lacks something that a whole trace has. */
export function isWithout(shown: Shown | null, lack: Lack): boolean {
  return shown?.lacks?.includes(lack) ?? false
}
