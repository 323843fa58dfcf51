/*
 * What version 2 of the link numbers and bounds. Frozen: links hold indexes into these tables, and the widths of some
 * columns follow from their lengths, so that no later table may stand in for them.
 */

/** Why a token was committed. */
export const RULES = [
  'quota',
  'threshold',
  'factor',
  'at-least-one',
  'random',
  'tail',
  'next',
  /** A tail that follows from a block's end: its floor is 0. */
  'tail-free',
] as const

export type Rule = (typeof RULES)[number]

export const STATUSES = ['done', 'stopped', 'failed', 'running'] as const

export const LIMITS = {
  positions: 4096,
  steps: 8192,
  commits: 16_384,
  pieces: 8192,
  pieceBytes: 255,
  id: 2 ** 24,
  ticks: 2 ** 24,
  /** Bytes of all texts together: a hostile link may claim them without holding them. */
  textBytes: 24_000,
  /** UTF-16 units of the caption. */
  caption: 400,
} as const
