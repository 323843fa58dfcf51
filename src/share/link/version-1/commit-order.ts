import { demand } from '../link-damage.ts'
import type { SharedCommit } from '../shared-comparison.ts'

function isTail({ rule }: SharedCommit): boolean {
  return rule === 'tail' || rule === 'tail-free'
}

/** The order of a step's commits that needs no word: the surest first, tails behind, from left to right. */
function expected(commits: readonly SharedCommit[]): SharedCommit[] {
  return commits.toSorted(
    (a, b) =>
      Number(isTail(a)) - Number(isTail(b)) ||
      (isTail(a) ? 0 : (b.confidence ?? -1) - (a.confidence ?? -1)) ||
      a.position - b.position,
  )
}

/** Puts a step's commits, in whatever order, into that of the digits: where each stands in what is left of the expected order. */
export function inOrder(commits: readonly SharedCommit[], digits: readonly number[]): SharedCommit[] {
  const left = expected(commits)
  const ordered = digits.map((digit) => {
    const [commit] = left.splice(digit, 1)
    demand(commit !== undefined, 'a rank is out of range')
    return commit
  })
  return [...ordered, ...left]
}
