import { canvasAt } from './canvas.ts'
import type { Trace } from './trace.ts'

/** How well somebody foretells which places a run decides next. */
export interface PredictionScore {
  readonly tries: number
  readonly hits: number
  /** Hits after one another up to now, and the longest row of them. */
  readonly streak: number
  readonly best: number
  /** Hits that guessing blindly among the masks would have had, on average. */
  readonly byChance: number
}

export const NO_PREDICTION: PredictionScore = { tries: 0, hits: 0, streak: 0, best: 0, byChance: 0 }

/** Whether the step behind `step` decides a masked position; null where it is not masked, or nothing comes behind. */
export function foretold(trace: Trace, step: number, position: number): boolean | null {
  const next = trace.steps[step]
  if (next === undefined || canvasAt(trace, step).positions[position]?.kind !== 'masked') return null
  return next.commits.some((commit) => commit.position === position)
}

/** The score with one more prediction, made at a step; unchanged where that cannot be one. */
export function scored(
  score: PredictionScore,
  trace: Trace,
  step: number,
  position: number,
): PredictionScore {
  const isHit = foretold(trace, step, position)
  if (isHit === null) return score
  const masked = canvasAt(trace, step).positions.filter(({ kind }) => kind === 'masked').length
  const streak = isHit ? score.streak + 1 : 0
  return {
    tries: score.tries + 1,
    hits: score.hits + (isHit ? 1 : 0),
    streak,
    best: Math.max(score.best, streak),
    byChance: score.byChance + trace.steps[step]!.commits.length / masked,
  }
}
