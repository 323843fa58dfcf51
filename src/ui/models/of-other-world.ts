import { modelIdOf } from '../../engines/model/bundled-models.ts'
import type { Comparison } from '../../share/comparison.ts'

/**
 * What to do where the small world would answer a prompt that is shown with the open world's answer, and that it was
 * not taught; null where it would not.
 *
 * @param prompt the one that would be run
 * @param shown the comparison that stands on the page
 */
export function ofOtherWorld(prompt: string, shown: Comparison | null): string | null {
  if (shown === null || shown.prompt !== prompt.trim()) return null
  return shown.lanes.some(({ trace }) => trace && modelIdOf(trace.header.model.name) === 'open')
    ? 'The open world wrote what is shown: choose it to ask this yourself. The small world was taught other prompts.'
    : null
}
