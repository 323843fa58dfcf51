import type { Trace } from '../trace/trace.ts'

/**
 * Milliseconds that a run which is going still takes at most, by its passes so far: an end of sequence, or a
 * rule that commits several tokens a pass, ends it sooner. Null before the first step and after the end.
 */
export function estimateMs({ header, steps, status }: Trace): number | null {
  const last = steps.at(-1)
  if (last === undefined || status !== 'running' || header.record !== undefined) return null
  const { settings } = header
  const quota = 'steps' in settings && settings.strategy !== 'threshold' && settings.strategy !== 'factor'
  const planned = quota ? Math.min(settings.steps, settings.answerLength) : settings.answerLength
  return (Math.max(0, planned - steps.length) * last.at) / steps.length
}
