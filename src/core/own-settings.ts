import type { DiffusionSettings } from './settings.ts'
import type { Own } from './strategies/strategy.ts'
import { strategyOf } from './strategies/strategy-of.ts'

/** What of the settings is its strategy's own. */
export function ownSettings(settings: DiffusionSettings): Own {
  const values: Readonly<Record<string, unknown>> = { ...settings }
  return Object.fromEntries(
    Object.keys(strategyOf(settings.strategy).own).map((key) => [key, Number(values[key])]),
  )
}
