import { answerText } from './decode-pieces.ts'
import { frameAt } from './frame-at.ts'
import { isText } from './knowledge.ts'
import type { Pieces } from './pieces.ts'
import type { Trace } from './trace.ts'

/** What a lane ended with, as text. */
export function finalAnswer(trace: Trace, pieces: Pieces): string {
  return answerText(frameAt(trace, trace.steps.length, Infinity), pieces, trace.header.vocabulary)
}

/** Whether the answer is as long as it may be and has no end of its own: then its length cut it off. */
export function isCutOff(trace: Trace): boolean {
  const { header, steps, status } = trace
  if (status !== 'done' || isText(header.knowledge)) return false
  const { cells } = frameAt(trace, steps.length, Infinity)
  return cells.length >= header.settings.answerLength && !cells.some(({ id }) => id === header.vocabulary.end)
}
