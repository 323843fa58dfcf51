import type { Confidence } from '../confidence.ts'
import type { DiffusionSettings } from '../settings.ts'
import type { CommitReason } from '../step-event.ts'

/** A position that asks to be committed, in falling order of confidence. */
export interface Applicant {
  readonly probability: number
  /** Its place in that order, from 1. */
  readonly place: number
  /** Positions that could be committed in this step. */
  readonly of: number
  /** What the schedule gave this step. */
  readonly quota: number
  readonly settings: DiffusionSettings
}

/** A decoding strategy of masked diffusion. */
export interface Strategy {
  /** How sure: the order in which positions are asked. */
  readonly confidence: Confidence
  /** How many, at most: given the block's masks at its start, its steps, and the step's index from 0. */
  readonly schedule: (masks: number, steps: number, index: number) => number
  /** Which: the reason to commit an applicant, or null to end the step before it. */
  readonly select: (applicant: Applicant) => CommitReason | null
}
