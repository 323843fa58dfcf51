import type { Pieces } from '../trace/pieces.ts'
import type { Decoder, Trace } from '../trace/trace.ts'

/**
 * Where a lane comes from, the label of its truth: a record, a run of this page, a link, steps read off the differences
 * of drafts, or made up to explain.
 */
export const SOURCES = ['recorded', 'live', 'shared', 'derived', 'illustrative'] as const
export type Source = (typeof SOURCES)[number]

/** The lane that another was made from, and the step at which it left it. */
export interface LaneParent {
  readonly lane: string
  readonly step: number
}

/** One decoder on one model, answering the prompt of its comparison. */
export interface Lane {
  /** Unlike all others of the comparison: letters, digits, `-`. */
  readonly id: string
  readonly name: string
  readonly decoder: Decoder
  /** Null where it has not begun; its header says which model, where, and what it can show. */
  readonly trace: Trace | null
  /** Of every token that occurs in the trace. */
  readonly pieces: Pieces
  readonly source: Source
  readonly parent?: LaneParent
}

/** One prompt, answered in one to `MOST_LANES` lanes. */
export interface Comparison {
  readonly prompt: string
  readonly lanes: readonly Lane[]
  /** Id of the lane that stands for all where one must: in the heat map, for listeners. */
  readonly leader: string
  /** ISO 8601; null where it is not known. */
  readonly recordedAt: string | null
}

export const MOST_LANES = 6

/** The lane of that id; null where there is none. */
export function laneOf(comparison: Comparison | null, id: string): Lane | null {
  return comparison?.lanes.find((lane) => lane.id === id) ?? null
}

/** The lane that stands for all. */
export function leaderOf(comparison: Comparison | null): Lane | null {
  return comparison === null ? null : (laneOf(comparison, comparison.leader) ?? comparison.lanes[0] ?? null)
}
