import { canvasAt } from './canvas.ts'
import { isText } from './knowledge.ts'
import type { Trace } from './trace.ts'

/** Positions that a run fills in the end: its canvas, or where a service sent text, as many as it ever held. */
export function positionsOf(trace: Trace): number {
  const { header, steps } = trace
  if (isText(header.knowledge)) {
    return 1 + Math.max(-1, ...steps.flatMap(({ commits }) => commits.map(({ position }) => position)))
  }
  if (header.decoder === 'autoregressive') return header.settings.answerLength
  const most = steps.some(({ splices }) => splices !== undefined)
    ? Math.max(...steps.map(({ step }) => canvasAt(trace, step).positions.length))
    : 0
  return Math.max(header.canvas?.ids.length ?? header.settings.answerLength, most)
}
