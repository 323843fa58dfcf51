import type { Comparison } from '../share/comparison.ts'
import type { Trace } from '../trace/trace.ts'
import { autoregressiveSettings } from './recipe.ts'
import type { Shown } from './shown.ts'

/**
 * What is shown as a comparison that can travel; null before the first step. A lane that did not run is a
 * trace without steps, one that is still growing goes no further.
 */
export function comparisonOf({
  source,
  prompt,
  traces,
  pieces,
  recordedAt,
  lacks,
}: Shown): Comparison | null {
  const { diffusion, autoregressive } = traces
  if (diffusion === null || diffusion.steps.length === 0) return null
  const date = recordedAt ?? new Date(0).toISOString()
  return {
    prompt,
    diffusion: ended(diffusion),
    autoregressive: autoregressive === null ? neverRun(diffusion) : ended(autoregressive),
    pieces,
    recordedAt: date,
    ...((source === 'derived' || source === 'illustrative') && { provenance: source }),
    ...(lacks && { lacks }),
  }
}

function ended(trace: Trace): Trace {
  return trace.status === 'running' ? { ...trace, status: 'stopped' } : trace
}

function neverRun({ header }: Trace): Trace {
  const settings = header.decoder === 'diffusion' ? autoregressiveSettings(header.settings) : header.settings
  return { header: { ...header, decoder: 'autoregressive', settings }, steps: [], status: 'stopped' }
}
