import { byEntropy } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits first where the whole distribution is narrowest (Dream's `entropy`). */
export const entropy = quotaStrategy(byEntropy)
