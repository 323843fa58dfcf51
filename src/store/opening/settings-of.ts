import type { DiffusionSettings } from '../../core/settings.ts'
import { leaderOf, type Comparison } from '../../share/comparison.ts'

/** The settings that a comparison was decoded with: its leader's, or else its first diffusion lane's. */
export function settingsOf(comparison: Comparison): DiffusionSettings | null {
  for (const lane of [leaderOf(comparison), ...comparison.lanes]) {
    const header = lane?.trace?.header
    if (header?.decoder === 'diffusion') return header.settings
  }
  return null
}
