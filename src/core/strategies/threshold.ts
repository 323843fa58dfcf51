import { byProbability } from '../confidence.ts'
import type { Strategy } from './strategy.ts'

/** Commits every position at least as probable as the threshold (Fast-dLLM, arXiv 2505.22618). */
export const threshold: Strategy<'threshold'> = {
  label: 'Threshold',
  hint: 'all that are sure enough, at once',
  orderedBy: null,
  own: {
    threshold: {
      label: 'Threshold',
      hint: () => 'commit all that are at least this probable',
      range: () => ({ min: 0.5, max: 0.99, step: 0.01 }),
      start: () => 0.9,
      isValid: Number.isFinite,
      complaint: 'The threshold must be a number; useful values lie from 0.5 to 1.',
    },
  },
  confidence: byProbability,
  schedule: ({ masks }) => masks,
  select: ({ probability, of }, { threshold }) =>
    probability >= threshold ? { rule: 'threshold', threshold, of } : null,
  passes: (_own, { answerLength }) => answerLength,
  shortfall: ({ threshold }) => `reached the threshold ${threshold}`,
  budget: ({ threshold }) => threshold,
  spending: (budget) => ({ threshold: budget }),
  measured: [
    { budgets: [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99] },
    { budgets: [0.7, 0.9, 0.99], block: 16 },
    { budgets: [0.7, 0.9, 0.99], block: 8 },
  ],
}
