import { plannedPasses } from '../core/planned-passes.ts'
import { isText } from './knowledge.ts'
import { passesAt } from './passes-at.ts'
import type { Trace } from './trace.ts'

/** Forward passes of a run: of one that has ended, those that it took; of one that is going, those it takes at most. */
export function passesInAll(trace: Trace): number {
  const { header, steps, status } = trace
  const passes = passesAt(trace, steps.length)
  if (status !== 'running' || isText(header.knowledge)) return passes
  const planned =
    header.decoder === 'diffusion' ? plannedPasses(header.settings) : header.settings.answerLength
  return Math.max(passes, planned)
}
