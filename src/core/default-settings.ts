import type { AutoregressiveSettings, SettingsOf } from './settings.ts'
import { strategyOf, type StrategyName } from './strategies/strategy-of.ts'

/**
 * A strategy's settings as they start, without blocks. Without a name they are one token a pass, the surest first:
 * the order is the model's own, and one can watch it.
 */
export function defaultDiffusionSettings(answerLength: number): SettingsOf<'low-confidence'>
export function defaultDiffusionSettings<Name extends StrategyName>(
  answerLength: number,
  strategy: Name,
): SettingsOf<Name>
export function defaultDiffusionSettings<Name extends StrategyName>(
  answerLength: number,
  name?: Name,
): SettingsOf<Name> | SettingsOf<'low-confidence'> {
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
