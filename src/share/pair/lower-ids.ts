import type { Vocabulary } from '../../core/vocabulary.ts'
import type { TraceStep } from '../../trace/trace.ts'
import type { Pair } from './pair.ts'

/**
 * By how much the autoregressive lane's ids are raised: the size of the diffusion lane's vocabulary where two models
 * stand in one table, 0 where both lanes ran on one.
 */
export function raisedBy({ diffusion, autoregressive: { header, steps } }: Pair): number {
  const by = diffusion.header.vocabulary.size
  const { size, mask, end, suppressed } = header.vocabulary
  const isRaised = (id: number) => id >= by
  const all = size > by && [mask, end, ...suppressed, ...header.promptIds].every(isRaised)
  return all && steps.every((step) => idsOf(step).every(isRaised)) ? by : 0
}

function idsOf({ ids, guesses, commits }: TraceStep): number[] {
  return [...ids, ...guesses, ...commits.flatMap(({ id, previous }) => [id, previous])]
}

export function lowerVocabulary({ size, mask, end, suppressed }: Vocabulary, by: number): Vocabulary {
  return { size: size - by, mask: mask - by, end: end - by, suppressed: suppressed.map((id) => id - by) }
}

export function lowerStep(step: TraceStep, by: number): TraceStep {
  if (by === 0) return step
  return {
    ...step,
    ids: step.ids.map((id) => id - by),
    guesses: step.guesses.map((id) => id - by),
    commits: step.commits.map((commit) => ({
      ...commit,
      id: commit.id - by,
      previous: commit.previous - by,
    })),
  }
}
