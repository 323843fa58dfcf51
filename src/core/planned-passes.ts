import { ownSettings } from './own-settings.ts'
import type { DiffusionSettings } from './settings.ts'
import { strategyOf } from './strategies/strategy-of.ts'

/** Forward passes that a run takes at most; one with a quota takes fewer only where the answer ends early. */
export function plannedPasses(settings: DiffusionSettings): number {
  return strategyOf(settings.strategy).passes(ownSettings(settings), settings)
}
