import * as v from 'valibot'
import { checkSettings } from '../../../core/check-settings.ts'
import { STRATEGY_NAMES, strategyOf } from '../../../core/strategies/strategy-of.ts'
import type { Decoder } from '../../../trace/trace.ts'
import { AutoregressiveSettingsSchema, DiffusionSettingsSchema } from '../../schema/settings.ts'
import { demand, NewerLink } from '../link-damage.ts'
import type { SharedRun } from '../shared-comparison.ts'

type Settings = SharedRun['settings']
/** Settings as words: those alone that differ from what stands before. */
export type SettingsWords = Readonly<Record<string, string | number>>

const SAMPLING = ['answerLength', 'temperature', 'topK', 'seed'] as const

/** Own settings that need no words where nothing stands before; `steps` are then the answer's length. Frozen. */
const START: Readonly<Record<string, number>> = { threshold: 0.9, factor: 1 }

/**
 * Settings of a lane as they follow from those before it and what words change of strategy and sampling: a canvas
 * without blocks stays one, and a token a step stays that.
 */
function following(before: Settings, decoder: Decoder, changes: SettingsWords): SettingsWords {
  const known: SettingsWords = { ...before }
  const sampling = Object.fromEntries(SAMPLING.map((key) => [key, changes[key] ?? known[key]!]))
  if (decoder === 'autoregressive') return sampling
  const strategy = String(changes['strategy'] ?? known['strategy'] ?? 'low-confidence')
  const name = STRATEGY_NAMES.find((other) => other === strategy)
  if (name === undefined) throw new NewerLink(strategy)
  const length = sampling['answerLength']!
  const asLong = (key: string) => {
    const value = known[key]
    return value === undefined || value === known['answerLength'] ? length : value
  }
  const own = Object.keys(strategyOf(name).own).map((key) => [
    key,
    key === 'steps' ? asLong(key) : (known[key] ?? START[key] ?? 0),
  ])
  return { strategy, ...sampling, blockLength: asLong('blockLength'), ...Object.fromEntries(own) }
}

/** The settings that words must name, in the schema's order; none where all of them follow from those before. */
export function writeSettings(before: Settings, decoder: Decoder, settings: Settings): SettingsWords {
  const own: SettingsWords = { ...parse(decoder, settings) }
  const isChange = (key: string) => key === 'strategy' || SAMPLING.some((other) => other === key)
  const differing = (from: SettingsWords) => Object.entries(own).filter(([key, value]) => from[key] !== value)
  const changes = differing(following(before, decoder, {})).filter(([key]) => isChange(key))
  const rest = differing(following(before, decoder, Object.fromEntries(changes)))
  return Object.fromEntries([...changes, ...rest])
}

/** The settings that these words and those before them say. Throws `LinkDamage`, `NewerLink`. */
export function readSettings(before: Settings, decoder: Decoder, words: SettingsWords): Settings {
  const followed = following(before, decoder, words)
  const strange = Object.keys(words).find((key) => !(key in followed))
  if (strange !== undefined) throw new NewerLink(strange)
  const settings = parse(decoder, { ...followed, ...words })
  demand(checkSettings(settings).length === 0, 'its settings make no sense')
  return settings
}

function parse(decoder: Decoder, settings: object): Settings {
  const parsed =
    decoder === 'diffusion'
      ? v.safeParse(DiffusionSettingsSchema, settings)
      : v.safeParse(AutoregressiveSettingsSchema, settings)
  demand(parsed.success, 'its settings make no sense')
  return parsed.output
}
