import type { Trace, TraceStep } from '../trace/trace.ts'

/**
 * How many steps at the start of a trace are those of the trace that it was made from: they need not be kept twice.
 *
 * @param most the step at which it left the other
 */
export function inheritedSteps({ steps }: Trace, parent: Trace, most: number): number {
  let same = 0
  const end = Math.min(most, steps.length, parent.steps.length)
  while (same < end && isSame(steps[same]!, parent.steps[same]!)) same++
  return same
}

/** Copies of a step that went through a file or a link are the same numbers in other objects. */
function isSame(one: TraceStep, other: TraceStep): boolean {
  return one === other || numbersOf(one) === numbersOf(other)
}

function numbersOf(step: TraceStep): string {
  return JSON.stringify(step, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return [...(value as Float32Array)].map(String)
    return Number.isNaN(value) ? 'NaN' : value
  })
}
