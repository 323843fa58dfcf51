import { isText } from './knowledge.ts'
import { passesAt } from './passes-at.ts'
import { passesInAll } from './passes-in-all.ts'
import type { Trace } from './trace.ts'

/**
 * Milliseconds that a run which is going still takes at most, by its passes so far: an end of sequence, or a
 * rule that commits several tokens a pass, ends it sooner. Null before the first pass and after the end.
 */
export function estimateMs(trace: Trace): number | null {
  const { header, steps, status } = trace
  const passes = passesAt(trace, steps.length)
  if (passes === 0 || status !== 'running' || isText(header.knowledge)) return null
  return ((passesInAll(trace) - passes) * steps.at(-1)!.at) / passes
}
