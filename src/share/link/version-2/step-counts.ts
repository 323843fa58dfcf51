import type { LinkedCommit } from './linked-pair.ts'
import type { Rule } from './tables.ts'

/** Rules whose reasons name how many positions could be committed. */
const WITH_OF: ReadonlySet<Rule> = new Set(['quota', 'random', 'threshold', 'factor', 'at-least-one'])
const WITH_QUOTA: ReadonlySet<Rule> = new Set(['quota', 'random'])

/** Whether a step's reasons name how many positions could be committed, and how many a quota let in. */
export function ruleCounts(commits: readonly LinkedCommit[]): { hasOf: boolean; filled: number } {
  return {
    hasOf: commits.some(({ rule }) => WITH_OF.has(rule)),
    filled: commits.filter(({ rule }) => WITH_QUOTA.has(rule)).length,
  }
}

/** Masked positions of each step's block before the step, by replaying the lane's commits. */
export function countMasked(
  byStep: readonly (readonly LinkedCommit[])[],
  blocks: readonly (readonly [number, number])[],
  length: number,
  mask: number,
): number[] {
  const open = new Uint8Array(length).fill(1)
  let counted: readonly [number, number] = [0, 0]
  let masked = 0
  return byStep.map((commits, step) => {
    const block = blocks[step]!
    // Counted anew for a new block only: a hostile link may claim thousands of steps of thousands of positions.
    if (block[0] !== counted[0] || block[1] !== counted[1]) {
      masked = 0
      for (let position = block[0]; position < block[1]; position++) masked += open[position]!
      counted = block
    }
    const before = masked
    for (const { position, id } of commits) {
      const now = id === mask ? 1 : 0
      if (position >= block[0] && position < block[1]) masked += now - open[position]!
      open[position] = now
    }
    return before
  })
}

/** Commits of each step, in the order given; steps count from 1. */
export function groupByStep(commits: readonly LinkedCommit[], steps: number): LinkedCommit[][] {
  const groups = Array.from({ length: steps }, (): LinkedCommit[] => [])
  for (const commit of commits) groups[commit.step - 1]!.push(commit)
  return groups
}
