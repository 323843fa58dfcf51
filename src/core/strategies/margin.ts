import { byMargin } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits first where the best candidate is furthest ahead of the second (Dream's `topk_margin`). */
export const margin = quotaStrategy({
  label: 'Margin',
  hint: 'the widest gap to the second candidate first',
  orderedBy: 'the lead over the next candidate',
  confidence: byMargin,
})
