import { byProbability } from '../confidence.ts'
import type { Strategy } from './strategy.ts'

/** Commits the n surest while (n + 1)(1 − c_n) stays below the factor (Fast-dLLM, arXiv 2505.22618). */
export const factor: Strategy = {
  confidence: byProbability,
  schedule: (masks) => masks,
  select: ({ probability, place, of, settings }) =>
    (place + 1) * (1 - probability) < settings.factor
      ? { rule: 'factor', factor: settings.factor, of }
      : null,
}
