import { demand } from './link-damage.ts'
import type { SharedCommit } from './shared-comparison.ts'

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

/** Where each commit of a step, but the last, stands in what is left of the expected order: mostly zeros. */
export function orderDigits(commits: readonly SharedCommit[]): number[] {
  const left = expected(commits)
  return commits.slice(0, -1).map((commit) => {
    const at = left.indexOf(commit)
    left.splice(at, 1)
    return at
  })
}

/** The inverse: puts a step's commits, in whatever order, into the order of the digits. */
export function inOrder(commits: readonly SharedCommit[], digits: readonly number[]): SharedCommit[] {
  const left = expected(commits)
  const ordered = digits.map((digit) => {
    const [commit] = left.splice(digit, 1)
    demand(commit !== undefined, 'a rank is out of range')
    return commit
  })
  return [...ordered, ...left]
}
