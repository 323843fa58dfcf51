import type { Trace, TraceEvent, TraceStatus } from './trace.ts'

/**
 * The trace with one more event of its run. A `start` begins a new trace, whatever was there before.
 * Throws an Error when a step comes before the start or out of order.
 */
export function append(trace: Trace | null, event: TraceEvent): Trace {
  if (event.kind === 'start') return { header: event.header, steps: [], status: 'running' }
  if (trace === null) throw new Error(`A run began with "${event.kind}" instead of "start".`)
  if (event.kind === 'end') {
    return { ...finish(trace, 'done'), ...(event.summary !== undefined && { summary: event.summary }) }
  }
  const expected = trace.steps.length + 1
  if (event.step.step !== expected) {
    throw new Error(`Step ${event.step.step} came where step ${expected} of the run was expected.`)
  }
  return { ...trace, steps: [...trace.steps, event.step], status: 'running' }
}

/** The trace of a run that goes no further. */
export function finish(trace: Trace, status: Exclude<TraceStatus, 'running'>): Trace {
  return { ...trace, status }
}
