import { frameAt } from '../../trace/frame-at.ts'
import type { Cell } from '../../trace/frame.ts'
import type { Trace } from '../../trace/trace.ts'

/**
 * The cells of a frame as they were drawn before comparisons had lanes. An autoregressive frame had as many as it held
 * tokens: of a made-up run that committed the mask, the last ones were not drawn. They are today.
 */
export function cellsAsBefore(trace: Trace, step: number): readonly Cell[] {
  const { cells, committed } = frameAt(trace, step)
  const { decoder, knowledge } = trace.header
  return decoder === 'autoregressive' && knowledge.steps === 'pass' ? cells.slice(0, committed) : cells
}
