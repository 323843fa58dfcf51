import { byProbability } from '../confidence.ts'
import type { Strategy } from './strategy.ts'

/** Commits the n surest while (n + 1)(1 − c_n) stays below the factor (Fast-dLLM, arXiv 2505.22618). */
export const factor: Strategy<'factor'> = {
  label: 'Factor',
  hint: 'as many as their joint certainty allows',
  orderedBy: null,
  own: {
    factor: {
      label: 'Factor',
      hint: () => 'larger commits more a step',
      range: () => ({ min: 0.1, max: 3, step: 0.1 }),
      start: () => 1,
      isValid: (factor) => Number.isFinite(factor) && factor >= 0,
      complaint: 'The factor must be 0 or more; a larger one commits more a step.',
    },
  },
  confidence: byProbability,
  schedule: ({ masks }) => masks,
  select: ({ probability, place, of }, { factor }) =>
    (place + 1) * (1 - probability) < factor ? { rule: 'factor', factor, of } : null,
  passes: (_own, { answerLength }) => answerLength,
  shortfall: ({ factor }) => `was sure enough for a factor of ${factor}`,
  budget: ({ factor }) => factor,
  spending: (budget) => ({ factor: budget }),
  measured: [{ budgets: [0.25, 0.5, 1, 2] }],
}
