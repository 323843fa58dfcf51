import { byProbability } from '../confidence.ts'
import type { Strategy } from './strategy.ts'

/** Commits every position at least as probable as the threshold (Fast-dLLM, arXiv 2505.22618). */
export const threshold: Strategy = {
  confidence: byProbability,
  schedule: (masks) => masks,
  select: ({ probability, of, settings }) =>
    probability >= settings.threshold ? { rule: 'threshold', threshold: settings.threshold, of } : null,
}
