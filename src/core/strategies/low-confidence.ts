import { byProbability } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits the most probable tokens first (LLaDA, arXiv 2502.09992; Dream's `maskgit_plus`). */
export const lowConfidence = quotaStrategy(byProbability)
