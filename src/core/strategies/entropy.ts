import { byEntropy } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits first where the whole distribution is narrowest (Dream's `entropy`). */
export const entropy = quotaStrategy({
  label: 'Entropy',
  hint: 'the least uncertain positions first',
  orderedBy: 'the narrowness of the whole distribution',
  confidence: byEntropy,
})
