import { byMargin } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits first where the best candidate is furthest ahead of the second (Dream's `topk_margin`). */
export const margin = quotaStrategy(byMargin)
