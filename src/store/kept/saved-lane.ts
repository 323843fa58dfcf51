import type { Lane } from '../../share/comparison.ts'
import { isText } from '../../trace/knowledge.ts'
import { passesAt } from '../../trace/passes-at.ts'
import { duration } from '../../trace/timeline.ts'
import type { SavedLane } from './archive.ts'

/** What the list of runs shows of a lane; nothing where it did not begin. */
export function savedLaneOf({ name, trace }: Lane): SavedLane[] {
  if (trace === null) return []
  const { header, steps } = trace
  const denoises = header.decoder === 'diffusion' && !isText(header.knowledge)
  const strategy = denoises ? header.settings.strategy : null
  return [{ name, strategy, passes: passesAt(trace, steps.length), ms: duration(trace) }]
}
