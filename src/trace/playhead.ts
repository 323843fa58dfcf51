import type { Trace } from './trace.ts'

/** The nearest step that the trace has; 0 stands before the first. */
export function clampStep(trace: Trace, step: number): number {
  return Math.max(0, Math.min(trace.steps.length, Math.floor(step)))
}
