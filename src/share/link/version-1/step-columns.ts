import type { BitReader } from './bit-reader.ts'
import { readColumn } from './column.ts'
import { inOrder } from './commit-order.ts'
import { demand } from '../link-damage.ts'
import { LIMITS, type SharedCommit, type SharedLane, type SharedStep } from '../shared-comparison.ts'
import { countMasked, groupByStep, ruleCounts } from '../step-counts.ts'
import { unzigzag } from '../whole-numbers.ts'

/** Differences between a number and its guess may be this large either way. */
const WIDEST = 2 * LIMITS.positions + 1

/**
 * Reads what steps are known by, and the order of commits in each; throws `LinkDamage`.
 *
 * @param commits in any order; they come back in the order of steps and ranks
 */
export function readSteps(
  from: BitReader,
  commits: readonly SharedCommit[],
  count: number,
  length: number,
  mask: number,
): Pick<SharedLane<unknown>, 'steps' | 'commits'> {
  const byStep = groupByStep(commits, count)
  const rules = byStep.map(ruleCounts)

  const moves = readColumn(from, count, 2 * length)
  const lengths = readColumn(from, count, length)
  const ticks = readColumn(from, count, LIMITS.ticks)
  const ofs = readColumn(from, rules.filter(({ hasOf }) => hasOf).length, WIDEST).values()
  const quotas = readColumn(from, rules.filter(({ filled }) => filled > 0).length, WIDEST).values()
  const digits = readColumn(
    from,
    byStep.reduce((sum, group) => sum + Math.max(0, group.length - 1), 0),
    LIMITS.commits,
  )

  let start = 0
  const blocks = moves.map((move, at): readonly [number, number] => {
    start += unzigzag(move)
    const end = start + lengths[at]!
    demand(start >= 0 && start < end && end <= length, 'a block lies outside the answer')
    return [start, end]
  })
  const masked = countMasked(byStep, blocks, length, mask)
  const steps = blocks.map((block, at): SharedStep => {
    const { hasOf, filled } = rules[at]!
    const of = hasOf ? masked[at]! + unzigzag(ofs.next().value!) : 0
    const quota = filled > 0 ? filled + unzigzag(quotas.next().value!) : 0
    demand(of >= 0 && quota >= 0, 'a count is negative')
    return { block, ticks: ticks[at]!, of, quota }
  })

  let at = 0
  const ordered = byStep.flatMap((group) => {
    const n = Math.max(0, group.length - 1)
    at += n
    return inOrder(group, digits.slice(at - n, at))
  })
  return { steps, commits: ordered }
}
