/** The token ids that a sampler has to know by meaning. */
export interface Vocabulary {
  readonly size: number
  /** Stands at every position that is not decided yet. */
  readonly mask: number
  /** End of sequence: fills the canvas behind the answer. */
  readonly end: number
  /** Ids that are never chosen: mask, padding, role markers. */
  readonly suppressed: readonly number[]
}
