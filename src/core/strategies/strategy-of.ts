import { editing } from './editing.ts'
import { entropy } from './entropy.ts'
import { factor } from './factor.ts'
import { lowConfidence } from './low-confidence.ts'
import { margin } from './margin.ts'
import { random } from './random.ts'
import { remdmCap } from './remdm-cap.ts'
import { remdmConf } from './remdm-conf.ts'
import { remdmRescale } from './remdm-rescale.ts'
import type { Strategy } from './strategy.ts'
import { threshold } from './threshold.ts'

/** Every strategy by the name that traces, files and links give it, in the order in which it is offered. */
export const STRATEGIES = {
  'low-confidence': lowConfidence,
  margin,
  entropy,
  random,
  threshold,
  factor,
  'remdm-cap': remdmCap,
  'remdm-rescale': remdmRescale,
  'remdm-conf': remdmConf,
  editing,
}

/** Decoding strategies of masked diffusion, by the names of their papers. */
export type StrategyName = keyof typeof STRATEGIES

export const STRATEGY_NAMES = Object.keys(STRATEGIES) as readonly StrategyName[]

/** The strategy of that name. Its own settings are those of its settings: see `ownSettings`. */
export function strategyOf(name: StrategyName): Strategy {
  return STRATEGIES[name]
}
