import type { Trace, TraceStep } from './trace.ts'

const known = new WeakMap<readonly TraceStep[], readonly number[]>()

/** Forward passes up to every step, the start first. */
function passesOf(steps: readonly TraceStep[]): readonly number[] {
  let passes = 0
  return [0, ...steps.map(({ edit }) => (edit ? passes : ++passes))]
}

/** Forward passes up to a step; an edit costs none. */
export function passesAt({ steps }: Trace, step: number): number {
  const passes = known.get(steps) ?? passesOf(steps)
  known.set(steps, passes)
  return passes[Math.max(0, Math.min(steps.length, Math.floor(step)))]!
}
