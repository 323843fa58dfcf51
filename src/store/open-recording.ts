import type { Comparison } from '../share/comparison.ts'
import { shownOf } from './shown.ts'
import type { Stores } from './stores.ts'

/**
 * Shows a recorded comparison: from its beginning and playing, or at its end and standing still. Its settings
 * become those of the next run, unless the person has chosen some.
 */
export function openRecording(
  { recipe, run, playback }: Stores,
  comparison: Comparison,
  moving: boolean,
): void {
  const { header, steps } = comparison.diffusion
  if (header.decoder === 'diffusion') recipe.getState().adopt(header.settings)
  run.getState().open(shownOf(comparison, 'recorded'))
  playback.getState().rewind()
  if (moving) playback.getState().play()
  else playback.getState().goTo(steps.length)
}
