import type { AutoregressiveSettings, SettingsOf } from './settings.ts'
import { strategyOf, type StrategyName } from './strategies/strategy-of.ts'

/**
 * A strategy's settings as they start, without blocks. Without a name they are one token a pass, the surest first:
 * the order is the model's own, and one can watch it.
 */
export function defaultDiffusionSettings<Name extends StrategyName = 'low-confidence'>(
  answerLength: number,
  name?: Name,
): SettingsOf<Name> {
  const strategy = name ?? 'low-confidence'
  const own = Object.entries(strategyOf(strategy).own).map(([key, { start }]) => [key, start(answerLength)])
  return {
    strategy,
    blockLength: answerLength,
    ...defaultAutoregressiveSettings(answerLength),
    ...Object.fromEntries(own),
  } as SettingsOf<Name>
}

/** The most probable token, every time. */
export function defaultAutoregressiveSettings(answerLength: number): AutoregressiveSettings {
  return { answerLength, temperature: 0, topK: 8, seed: 1 }
}
