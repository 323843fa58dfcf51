import type { Reading } from './choose.ts'
import { tailStart } from './end-of-sequence.ts'
import type { Random } from './random.ts'
import type { Block } from './schedule.ts'
import type { Commit, CommitReason } from './step-event.ts'
import type { Own, Strategy } from './strategies/strategy.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface Competition {
  /** Written to: takes each commit as it is decided. */
  readonly canvas: Int32Array
  /** By position, of the masked ones that have a choice. */
  readonly readings: ReadonlyMap<number, Reading>
  /** Chooses anew for a position, given the canvas; updates `readings`. */
  readonly read: (position: number, canvas: Int32Array) => void
  readonly block: Block
  readonly vocabulary: Vocabulary
  /** Whether ends wait for another pass. */
  readonly isHeld: boolean
  readonly strategy: Strategy
  readonly own: Own
  readonly quota: number
  readonly random: Random
}

export interface Outcome {
  readonly commits: Commit[]
  /** Every position that was asked, or would have been next, in the strategy's order. */
  readonly order: readonly number[]
}

/**
 * Commits masked positions of the block in the strategy's order until it refuses one; at least one, if any
 * position has a choice. Ties go to the lower position.
 *
 * An end of sequence can be picked only when everything to its right in the block has ended. When only ends
 * are left that content commits of this step have cut off from the edge, they are read again: content now
 * stands to their right, so they choose something else. Hence a quota is always filled, unless ends are held.
 */
export function compete(competition: Competition): Outcome {
  const { canvas, readings, read, block, vocabulary, isHeld, strategy, own, quota, random } = competition
  const { mask, end } = vocabulary
  const masked = (): number[] => {
    const positions: number[] = []
    for (let position = block[0]; position < block[1]; position++) {
      if (canvas[position] === mask && readings.has(position)) positions.push(position)
    }
    return positions
  }
  const order: number[] = []
  const ask = (positions: readonly number[]) => {
    const score = (position: number) => strategy.confidence(readings.get(position)!, random)
    const open = new Map(positions.map((position) => [position, score(position)]))
    order.push(...[...positions].sort((a, b) => open.get(b)! - open.get(a)!))
    return open
  }

  const tail = tailStart(canvas, readings, block, end, 0)
  const isOpen = (position: number) => (position >= tail && !isHeld) || readings.get(position)!.id !== end
  let open = ask(masked().filter(isOpen))
  let of = open.size
  const commits: Commit[] = []
  for (;;) {
    if (open.size === 0) {
      for (const position of masked()) read(position, canvas)
      open = ask(isHeld ? masked().filter(isOpen) : masked())
      of += open.size
    }
    const position = surest(open, canvas, readings, block, end)
    if (position === null) return { commits, order }
    const { id, probability } = readings.get(position)!
    const place = commits.length + 1
    const reason: CommitReason | null =
      strategy.select({ probability, place, of, quota }, own) ??
      (place === 1 ? { rule: 'at-least-one', of } : null)
    if (reason === null) return { commits, order }
    commits.push({ position, id, previous: mask, probability, rank: place, reason })
    canvas[position] = id
    open.delete(position)
  }
}

/** The open position of highest confidence that may be committed now; null when there is none. */
function surest(
  open: ReadonlyMap<number, number>,
  canvas: Int32Array,
  readings: ReadonlyMap<number, Reading>,
  block: Block,
  end: number,
): number | null {
  const ended = canvas.subarray(...block).findLastIndex((id) => id !== end) + block[0]
  let best: number | null = null
  for (const [position, confidence] of open) {
    if (readings.get(position)!.id === end && position !== ended) continue
    if (best === null || confidence > open.get(best)!) best = position
  }
  return best
}
