/** Why a position was committed in this step and not in another. */
export type CommitReason =
  /** Among the `quota` surest of `of` masked positions that could be committed. */
  | { readonly rule: 'quota'; readonly quota: number; readonly of: number }
  /** At least as probable as the threshold. */
  | { readonly rule: 'threshold'; readonly threshold: number; readonly of: number }
  /** (n+1)(1 − c_n) was below the factor. */
  | { readonly rule: 'factor'; readonly factor: number; readonly of: number }
  /** Nothing met the rule, so the surest was taken: every step commits at least one. */
  | { readonly rule: 'at-least-one'; readonly of: number }
  /** Drawn at random. */
  | { readonly rule: 'random'; readonly quota: number; readonly of: number }
  /** End of sequence, at least this probable, joined to the tail at the right edge: free of the quota. */
  | { readonly rule: 'tail'; readonly floor: number }
  /** Autoregressive: the next position in reading order. */
  | { readonly rule: 'next' }
  /** Taken back by the strategy: the mask stands here again. */
  | { readonly rule: 'taken-back' }
  /** More probable than the edit threshold where the strategy had committed another. */
  | { readonly rule: 'edited'; readonly threshold: number }
  /** Not accepted: a model without a mask throws a token here that is read again. */
  | { readonly rule: 'noise' }
  /** By a person, between two passes: held, changed to another token, or masked again. */
  | { readonly rule: 'pinned' | 'replaced' | 'masked' }
  /** The record doesn't say why. */
  | { readonly rule: 'unknown' }

export interface Commit {
  readonly position: number
  readonly id: number
  /** What stood there before: the mask id, or the old token when it was revised. */
  readonly previous: number
  /** Probability of `id` at temperature 1; NaN where it is not known, as of a mask. */
  readonly probability: number
  /** 1 for the surest of this step, by the strategy's own order. */
  readonly rank: number
  readonly reason: CommitReason
}

/**
 * What one forward pass showed and what was decided by it. Rows are the positions that were read
 * (the masked ones of the whole canvas, before this step's commits, and those whose token it changed), ascending;
 * n of them.
 */
export interface StepEvent {
  /** From 1. */
  readonly step: number
  /** The block being decided, as [start, end). */
  readonly block: readonly [number, number]
  /** `[n]` */
  readonly positions: Int32Array
  readonly k: number
  /** `[n, k]`, most probable first. */
  readonly ids: Int32Array
  /** `[n, k]`, natural logarithms over the full vocabulary. */
  readonly logProbs: Float32Array
  /** `[n]`, nats. */
  readonly entropy: Float32Array
  /** `[n]`, the token each position would take now. */
  readonly guesses: Int32Array
  /** `[n]`, probability of the guess at temperature 1. */
  readonly confidence: Float32Array
  /**
   * `[n]`, place of each row in the order in which this step asked, from 1; 0 where it was not asked: in a later block,
   * without a choice, or an end of sequence that something to its right has not joined. Absent where no order is known.
   */
  readonly order?: Int32Array
  readonly commits: readonly Commit[]
}
