import type { Confidence } from '../confidence.ts'
import { quotaOf } from '../schedule.ts'
import type { CommitReason } from '../step-event.ts'
import type { Applicant, Strategy } from './strategy.ts'

/** LLaDA's schedule around any confidence: a fixed number of positions a step, the surest first. */
export function quotaStrategy(confidence: Confidence, rule: 'quota' | 'random' = 'quota'): Strategy {
  return {
    confidence,
    schedule: quotaOf,
    select: ({ place, quota, of }: Applicant): CommitReason | null =>
      place <= quota ? { rule, quota, of } : null,
  }
}
