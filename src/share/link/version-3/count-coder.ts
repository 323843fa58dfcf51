import type { AdaptiveNumbers } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { unzigzag, zigzag } from '../coding/whole-numbers.ts'
import { demand } from '../link-damage.ts'
import type { SharedCommit } from '../shared-comparison.ts'
import { countedBy, type Counts } from '../shared-reason.ts'
import type { LaneModel } from './lane-model.ts'
import { LIMITS } from './tables.ts'

/** Differences between a count and its guess may be this large. */
const MOST = 2 * LIMITS.positions

/**
 * How many positions each step could have committed and how many it might, near what follows from its commits.
 *
 * @param open positions of each step's block that were open before it
 */
export function codeCounts(
  coder: BitCoder,
  model: LaneModel,
  open: readonly number[],
  commits: readonly (readonly SharedCommit[])[],
  given?: readonly Counts[],
): Counts[] {
  const near = (numbers: AdaptiveNumbers, guess: number, value?: number) => {
    const count =
      guess + unzigzag(numbers.code(coder, 0, value === undefined ? undefined : zigzag(value - guess)))
    demand(count >= 0 && count <= MOST, 'a count makes no sense')
    return count
  }
  return commits.map((ofStep, at) => {
    const counted = ofStep.map(({ reason }) => countedBy(reason))
    const filled = counted.filter(({ quota }) => quota).length
    return {
      of: counted.some(({ of }) => of) ? near(model.ofs, open[at]!, given?.[at]!.of) : 0,
      quota: filled > 0 ? near(model.quotas, filled, given?.[at]!.quota) : 0,
    }
  })
}
