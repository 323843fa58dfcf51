import { ownSettings } from './own-settings.ts'
import type { DiffusionSettings, SettingsChange } from './settings.ts'
import { strategyOf } from './strategies/strategy-of.ts'

/**
 * Settings with a part changed. Another strategy brings its own settings as they start, but for those that both have;
 * what the strategy does not have is dropped. A new answer length keeps what the others mean: "no blocks" stays no
 * blocks, and the tokens committed a step stay as they are.
 */
export function changeSettings(settings: DiffusionSettings, part: SettingsChange): DiffusionSettings {
  const {
    strategy = settings.strategy,
    answerLength = settings.answerLength,
    temperature = settings.temperature,
    topK = settings.topK,
    seed = settings.seed,
    ...chosen
  } = part
  const hasBlocks = settings.blockLength < settings.answerLength
  const kept = hasBlocks ? Math.min(settings.blockLength, answerLength) : answerLength
  const values: Readonly<Record<string, number>> = chosen
  const before = ownSettings(settings)
  const own = Object.entries(strategyOf(strategy).own).map(([key, { start, rescaled }]) => {
    const old = before[key]
    if (values[key] !== undefined) return [key, values[key]]
    if (old === undefined) return [key, start(answerLength)]
    return [key, rescaled?.(old, settings.answerLength, answerLength) ?? old]
  })
  return {
    strategy,
    answerLength,
    blockLength: chosen.blockLength ?? kept,
    temperature,
    topK,
    seed,
    ...Object.fromEntries(own),
  } as DiffusionSettings
}
