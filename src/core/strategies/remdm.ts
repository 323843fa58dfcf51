import { byProbability } from '../confidence.ts'
import type { OwnSetting } from './own-setting.ts'
import { quotaStrategy } from './quota.ts'
import type { Strategy, TakeBackStep } from './strategy.ts'

/** Share of the largest chance that leaves the noise schedule as it is; 0 takes nothing back. */
const ETA: OwnSetting = {
  label: 'η',
  hint: (eta) => (eta === 0 ? 'nothing is taken back' : 'larger takes more back'),
  range: () => ({ min: 0, max: 1, step: 0.05 }),
  start: () => 0.2,
  isValid: (eta) => Number.isFinite(eta) && eta >= 0 && eta <= 1,
  complaint: 'η must be a number from 0 to 1; 0 takes nothing back.',
}

interface Schedule {
  readonly label: string
  readonly hint: string
  /** σ of every token that stands. */
  readonly chances: (step: TakeBackStep, eta: number) => readonly number[]
}

/** The surest first, and what stands may be masked again with a chance σ (ReMDM, arXiv 2503.00307). */
export function remdm({ label, hint, chances }: Schedule): Strategy<'steps' | 'eta'> {
  const plain = quotaStrategy({ label, hint, orderedBy: null, confidence: byProbability })
  return {
    ...plain,
    own: { ...plain.own, eta: ETA },
    revision: { kind: 'takes-back', chances: (step, { eta }) => (eta === 0 ? [] : chances(step, eta)) },
    measured: [],
  }
}
