import type { Lane } from '../../share/comparison.ts'
import type { Trace } from '../../trace/trace.ts'

/**
 * The run that tells a step of a lane: steps that it began with are those of the lane that it left, and were decided with
 * that one's settings.
 */
export function tellerOf(lane: Lane, parent: Lane | null, step: number): Trace | null {
  const inherited = lane.parent?.step ?? 0
  return parent?.trace && step <= Math.min(inherited, parent.trace.steps.length) ? parent.trace : lane.trace
}
