import { byProbability } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits the most probable tokens first (LLaDA, arXiv 2502.09992; Dream's `maskgit_plus`). */
export const lowConfidence = quotaStrategy({
  label: 'Low confidence',
  hint: 'the most probable guesses first',
  orderedBy: null,
  confidence: byProbability,
  inBlocks: [
    { budgets: [1], block: 32 },
    { budgets: [1], block: 16 },
  ],
})
