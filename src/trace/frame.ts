/**
 * What a position shows: `masked` (nothing yet), `guess` (a guess above the floor), `committed`, `revised`
 * (committed, then changed), `end` (end of sequence, committed), `given` (fixed from the start), `draft` (a token
 * that was not accepted).
 */
export type CellState = 'masked' | 'guess' | 'committed' | 'revised' | 'end' | 'given' | 'draft'

export interface Cell {
  readonly position: number
  readonly state: CellState
  /** The token shown; null where masked. */
  readonly id: number | null
  /** Probability of `id` at temperature 1 when it was guessed or committed; absent where it is not known. */
  readonly confidence?: number
  /** Step of the commit, from 1. */
  readonly committedAt?: number
  /** Whether it was committed by the very step that the playhead stands on. */
  readonly fresh: boolean
  /** Whether a person holds it. */
  readonly pinned: boolean
  /** The token that was accepted here before it was revised, or before the place was masked again. */
  readonly before?: number
  /** Whether a token stood here that was taken back: the place is open again. */
  readonly again?: true
  /** Whether the pass that the playhead stands on refused the draft that stood here: another one is here now. */
  readonly rejected?: true
  /** What a person did here last, where that stands. */
  readonly edit?: 'pinned' | 'replaced'
  /** Whether the run itself had put that token there before. */
  readonly wrote?: true
}

/** All that a view draws of one lane at one step. */
export interface Frame {
  /** 0 before the first step. */
  readonly step: number
  readonly cells: readonly Cell[]
  readonly masked: number
  readonly committed: number
}
