import * as v from 'valibot'
import type { DiffusionSettings } from '../../core/settings.ts'
import { STRATEGY_NAMES, strategyOf, type StrategyName } from '../../core/strategies/strategy-of.ts'
import { finite, whole } from './numbers.ts'

/** Settings of an autoregressive run, and of every diffusion run besides its own. */
const samplingEntries = { answerLength: whole, temperature: finite, topK: whole, seed: whole }

/** Fields of a diffusion run's settings under a strategy, in the order in which they are written. */
function settingsEntries(name: StrategyName) {
  const own = Object.keys(strategyOf(name).own).map((key) => [key, finite] as const)
  return {
    strategy: v.literal(name),
    ...samplingEntries,
    blockLength: whole,
    ...(Object.fromEntries(own) as Record<string, typeof finite>),
  }
}

/** Settings of a diffusion run: which fields there are follows from the strategy. */
export const DiffusionSettingsSchema = v.pipe(
  v.variant(
    'strategy',
    STRATEGY_NAMES.map((name) => v.object(settingsEntries(name))),
  ),
  // The compiler can't follow the table of strategies through `map`.
  v.transform((settings) => settings as unknown as DiffusionSettings),
)

export const AutoregressiveSettingsSchema = v.object(samplingEntries)
