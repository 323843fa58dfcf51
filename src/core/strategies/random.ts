import { byChance } from '../confidence.ts'
import { quotaStrategy } from './quota.ts'

/** Commits positions drawn at random, each with its best token (LLaDA's random remasking). */
export const random = quotaStrategy({
  label: 'Random',
  hint: 'positions drawn by lot',
  orderedBy: 'lot',
  confidence: byChance,
  rule: 'random',
})
