import type { Trace } from './trace.ts'

/** Forward passes up to a step; an edit costs none. */
export function passesAt({ steps }: Trace, step: number): number {
  let passes = Math.max(0, Math.min(steps.length, Math.floor(step)))
  for (let at = passes - 1; at >= 0; at--) if (steps[at]!.edit) passes--
  return passes
}
