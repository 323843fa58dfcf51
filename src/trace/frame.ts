/**
 * What a position shows: `masked` (nothing yet), `guess` (a guess above the floor), `committed`,
 * `revised` (committed, then changed), `end` (end of sequence, committed).
 */
export type CellState = 'masked' | 'guess' | 'committed' | 'revised' | 'end'

export interface Cell {
  readonly position: number
  readonly state: CellState
  /** The token shown; the mask id where masked. */
  readonly id: number
  /** Probability of `id` at temperature 1 when it was guessed or committed; absent where nothing was read. */
  readonly confidence?: number
  /** Step of the commit, from 1. */
  readonly committedAt?: number
  /** Whether it was committed by the very step that the playhead stands on. */
  readonly fresh: boolean
}

/** All that a view draws of one lane at one step. */
export interface Frame {
  /** 0 before the first step. */
  readonly step: number
  readonly cells: readonly Cell[]
  readonly masked: number
  readonly committed: number
}
