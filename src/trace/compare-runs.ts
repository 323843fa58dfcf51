import { cellTexts } from './decode-pieces.ts'
import { frameAt } from './frame-at.ts'
import type { Cell } from './frame.ts'
import type { Pieces } from './pieces.ts'
import type { Trace } from './trace.ts'

/** How two runs of one recipe came to differ. */
export interface RunDifference {
  /** Positions whose tokens differ in the end, rising. */
  readonly tokens: readonly number[]
  /** Positions that hold the same token in both, committed in different steps. */
  readonly moved: readonly number[]
}

interface Side {
  readonly trace: Trace
  readonly pieces: Pieces
}

/**
 * Compares what two runs ended with, by position. Tokens are compared by their text, since two models may
 * number them differently.
 */
export function compareRuns(one: Side, other: Side): RunDifference {
  const [a, b] = [finalCells(one), finalCells(other)]
  const tokens: number[] = []
  const moved: number[] = []
  for (let position = 0; position < Math.max(a.length, b.length); position++) {
    const [left, right] = [a[position], b[position]]
    if (left?.text !== right?.text || left?.kind !== right?.kind) tokens.push(position)
    else if (left?.cell.committedAt !== right?.cell.committedAt) moved.push(position)
  }
  return { tokens, moved }
}

function finalCells({ trace, pieces }: Side) {
  const { vocabulary } = trace.header
  const { cells } = frameAt(trace, trace.steps.length, Infinity)
  const texts = cellTexts(
    cells.map(({ id }) => id),
    pieces,
    vocabulary,
  )
  return cells.map((cell, at) => ({ cell, text: texts[at]!, kind: kindOf(cell) }))
}

function kindOf({ state }: Cell): string {
  return state === 'end' || state === 'masked' ? state : 'token'
}
