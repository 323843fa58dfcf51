import type { StrategyName } from '../settings.ts'
import { entropy } from './entropy.ts'
import { factor } from './factor.ts'
import { lowConfidence } from './low-confidence.ts'
import { margin } from './margin.ts'
import { random } from './random.ts'
import type { Strategy } from './strategy.ts'
import { threshold } from './threshold.ts'

const STRATEGIES: Record<StrategyName, Strategy> = {
  'low-confidence': lowConfidence,
  random,
  margin,
  entropy,
  threshold,
  factor,
}

/** The strategy of that name. */
export function strategyOf(name: StrategyName): Strategy {
  return STRATEGIES[name]
}
