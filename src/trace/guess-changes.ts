import type { TraceStep } from './trace.ts'

/** Steps in which the guess of a position changed, rising, by position. */
type Changes = ReadonlyMap<number, readonly number[]>

const known = new WeakMap<readonly TraceStep[], Changes>()

/** Where the guess of a position differs from the one of the pass before that read it. */
function changesOf(steps: readonly TraceStep[]): Changes {
  const before = new Map<number, number>()
  const changes = new Map<number, number[]>()
  for (const { step, positions, guesses } of steps) {
    positions.forEach((position, row) => {
      const guess = guesses[row]!
      const last = before.get(position)
      before.set(position, guess)
      if (last === undefined || last === guess) return
      const of = changes.get(position)
      if (of === undefined) changes.set(position, [step])
      else of.push(step)
    })
  }
  return changes
}

/** How often the guess of every position has changed up to a step; positions that are not in it never did. */
export function guessChangesAt(steps: readonly TraceStep[], step: number): (position: number) => number {
  const changes = known.get(steps) ?? changesOf(steps)
  known.set(steps, changes)
  return (position) => {
    const all = changes.get(position) ?? []
    const later = all.findIndex((at) => at > step)
    return later < 0 ? all.length : later
  }
}
