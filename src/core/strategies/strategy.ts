import type { Reading } from '../choose.ts'
import type { Random } from '../random.ts'
import type { Block } from '../schedule.ts'
import type { CommitReason } from '../step-event.ts'
import type { OwnSetting } from './own-setting.ts'

/** A strategy's own settings: numbers by their names. */
export type Own<Key extends string = string> = Readonly<Record<Key, number>>

/** The canvas as it is decided: its positions, and how many of them are decided together. */
export interface Canvas {
  readonly answerLength: number
  readonly blockLength: number
}

/** Where in a block a step stands. */
interface BlockStep {
  readonly block: Block
  /** Masked positions of the block before its first step. */
  readonly masks: number
  /** Steps taken in the block. */
  readonly index: number
  readonly answerLength: number
}

/** A position that asks to be committed, in falling order of confidence. */
interface Applicant {
  readonly probability: number
  /** Its place in that order, from 1. */
  readonly place: number
  /** Positions that could be committed in this step. */
  readonly of: number
  /** What the schedule gave this step. */
  readonly quota: number
}

/** Decodings of this strategy that the curves show. */
export interface Measured {
  readonly budgets: readonly number[]
  /** Positions of a block; absent: no blocks. */
  readonly block?: number
}

/** A pass in which tokens may be taken back. */
export interface TakeBackStep {
  /** Of every token that may be: the probability at which it was committed. */
  readonly sureness: readonly number[]
  /** σ_max: the largest chance that leaves the noise schedule as it is, min(1, (1 − α_s) / α_t). */
  readonly most: number
}

/** How a strategy revises what it committed in the block that is being decided. */
type Revision<Key extends string = string> =
  | {
      /** Masks tokens again, and commits as many more: no pass leaves more masks than it would without. */
      readonly kind: 'takes-back'
      /** The chance of each token; none where nothing is taken back. */
      chances(step: TakeBackStep, own: Own<Key>): readonly number[]
    }
  | {
      /** Puts another token where that is more probable than a threshold; from 1 on nothing ever is. */
      readonly kind: 'edits'
      threshold(own: Own<Key>): number
      /** Passes after the block's last mask, until nothing changes. */
      readonly mostPasses: number
    }

/**
 * All that is known of a decoding strategy of masked diffusion: how it decides, its own settings, what it spends, and
 * what people are told of it. `strategy-of.ts` lists them; nothing else has to know that there is one more.
 */
export interface Strategy<Key extends string = string> {
  readonly label: string
  /** What it does, in half a line. */
  readonly hint: string
  /** By what it ranks, to be read after "by"; null where that is the probability. */
  readonly orderedBy: string | null
  readonly own: Readonly<Record<Key, OwnSetting>>

  /** How sure a reading is, for ranking: positions are asked in falling order. */
  confidence(reading: Reading, random: Random): number
  /** How many the step commits, at most. */
  schedule(step: BlockStep, own: Own<Key>): number
  /** Which: the reason to commit an applicant, or null to end the step before it. */
  select(applicant: Applicant, own: Own<Key>): CommitReason | null

  /** Absent where commits are final. */
  readonly revision?: Revision<Key>

  /** Forward passes of a whole run, at most: an answer that ends early needs fewer. */
  passes(own: Own<Key>, canvas: Canvas): number
  /** What no position did where the surest was taken all the same, to be read after "none". */
  shortfall(own: Own<Key>): string

  /** What it may spend, as one number: tokens a pass, or what stands in for it. */
  budget(own: Own<Key>, answerLength: number): number
  /** The own settings that spend a budget; others stay as they are. */
  spending(budget: number, answerLength: number): Partial<Own<Key>>
  readonly measured: readonly Measured[]
}
