import type { Comparison, Lane } from '../share/comparison.ts'
import { finish } from '../trace/append.ts'
import type { Pieces } from '../trace/pieces.ts'
import type { Trace } from '../trace/trace.ts'
import type { LanePlan } from './recipe.ts'

/** A comparison of lanes none of which has begun. The first one leads. */
export function begunComparison(plans: readonly LanePlan[], recordedAt: string): Comparison {
  const none = new Uint8Array()
  return {
    prompt: plans[0]!.request.prompt,
    lanes: plans.map(({ id, name, request }): Lane => ({
      id,
      name,
      decoder: request.decoder,
      trace: null,
      pieces: () => none,
      source: 'live',
    })),
    leader: plans[0]!.id,
    recordedAt,
  }
}

/** The comparison with one lane as far as it has grown. */
export function withTrace(comparison: Comparison, id: string, trace: Trace, pieces: Pieces): Comparison {
  const lanes = comparison.lanes.map((lane) => (lane.id === id ? { ...lane, trace, pieces } : lane))
  return { ...comparison, lanes }
}

/** Marks the trace of a lane that was still growing as one that goes no further. */
export function withEnded(comparison: Comparison, id: string, status: 'stopped' | 'failed'): Comparison {
  const lanes = comparison.lanes.map((lane) =>
    lane.id === id && lane.trace?.status === 'running'
      ? { ...lane, trace: finish(lane.trace, status) }
      : lane,
  )
  return { ...comparison, lanes }
}
