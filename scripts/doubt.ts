import type { Trace } from '../src/trace/trace.ts'

/** What there is to see of a diffusion run's doubt. */
export interface Doubt {
  /** Share of the answer's tokens that were the guess of the first step already. */
  readonly finalAtOnce: number
  /** Share of the answer's positions whose guess changed on the way. */
  readonly changed: number
  /** Mean probability at which the answer's tokens were committed. */
  readonly sureness: number
}

/** Reads it off a trace, over the answer's tokens without its tail of ends. */
export function doubtOf({ header: { vocabulary }, steps }: Trace): Doubt {
  const committed = steps.flatMap(({ commits }) => commits).filter(({ id }) => id !== vocabulary.end)
  const guesses = new Map<number, number[]>(committed.map(({ position }) => [position, []]))
  for (const step of steps) {
    step.positions.forEach((position, at) => guesses.get(position)?.push(step.guesses[at]!))
  }
  const share = (holds: (commit: (typeof committed)[number]) => boolean) =>
    committed.filter(holds).length / committed.length
  return {
    finalAtOnce: share(({ position, id }) => guesses.get(position)![0] === id),
    changed: share(({ position }) => new Set(guesses.get(position)).size > 1),
    sureness: committed.reduce((sum, { probability }) => sum + (probability ?? 0), 0) / committed.length,
  }
}
