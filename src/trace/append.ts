import type { EditChange, Trace, TraceEvent, TraceStatus, TraceStep } from './trace.ts'
import { canvasAt } from './canvas.ts'

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
  const step = event.kind === 'step' ? event.step : stepOfEdit(trace, event.changes)
  if (step.step !== expected) {
    throw new Error(`Step ${step.step} came where step ${expected} of the run was expected.`)
  }
  return { ...trace, steps: [...trace.steps, step], status: 'running' }
}

/** An edit as a step of the trace: no rows, no time, no pass. */
function stepOfEdit(trace: Trace, changes: readonly EditChange[]): TraceStep {
  const { steps, header } = trace
  const { positions } = canvasAt(trace, steps.length)
  const before = steps.at(-1)
  const unset = header.vocabulary.mask ?? header.vocabulary.end
  return {
    step: steps.length + 1,
    at: before?.at ?? 0,
    passMs: 0,
    edit: true,
    block: before?.block ?? [0, header.settings.answerLength],
    positions: new Int32Array(),
    k: 1,
    ids: new Int32Array(),
    logProbs: new Float32Array(),
    entropy: new Float32Array(),
    guesses: new Int32Array(),
    confidence: new Float32Array(),
    commits: changes.map(({ position, id, how }, at) => ({
      position,
      id,
      previous: positions[position]?.id ?? unset,
      probability: NaN,
      rank: at + 1,
      reason: { rule: how },
    })),
  }
}

/** The trace of a run that goes no further. */
export function finish(trace: Trace, status: Exclude<TraceStatus, 'running'>): Trace {
  return { ...trace, status }
}
