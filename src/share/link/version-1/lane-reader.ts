import type { Vocabulary } from '../../../core/vocabulary.ts'
import type { BitReader } from './bit-reader.ts'
import { readColumn } from './column.ts'
import { demand } from '../link-damage.ts'
import { LIMITS, RULES, STATUSES, UNKNOWN, type SharedCommit, type SharedLane } from '../shared-comparison.ts'
import { readSteps } from './step-columns.ts'
import type { TokenReader } from './token-sequence.ts'

/** What a lane's bits hold; the rest of it is words. */
export type LaneBits = Pick<SharedLane<unknown>, 'status' | 'steps' | 'commits' | 'clockUnit' | 'passShare'>

/**
 * Reads all of a lane but its words: one column for each thing that is known of its positions and steps; throws
 * `LinkDamage`.
 *
 * @param length positions of the canvas
 */
export function readLane(
  from: BitReader,
  tokens: TokenReader,
  length: number,
  { mask, end }: Pick<Vocabulary, 'mask' | 'end'>,
): LaneBits {
  const status = STATUSES[from.fixed(2)]!
  const steps = from.count(LIMITS.steps, 'steps')
  const clockUnit = from.expGolomb(1)
  demand(clockUnit > 0 && clockUnit <= LIMITS.ticks, 'its clock stands still')
  const passShare = from.fixed(8)

  const tailLength = from.count(length, 'positions behind the answer')
  const bodyLength = length - tailLength
  const inBody = from.fixed(1) === 1 ? readInOrder(from, bodyLength) : readColumn(from, bodyLength, steps)
  const written = inBody.map((step, position) => ({ step, position })).filter(({ step }) => step > 0)
  const inTail = readColumn(from, tailLength, steps)
  const tail = inTail.map((step, at) => ({ step, position: bodyLength + at }))

  const revisions = from.count(LIMITS.commits, 'revisions')
  const waits = readColumn(from, revisions, steps)
  const positions = readColumn(from, revisions, length - 1)
  let step = 0
  const earlier = waits.map((wait, at) => ({ step: (step += wait), position: positions[at]! }))

  const commits = [written, tail, earlier].flatMap((places): SharedCommit[] => {
    const confidences = readColumn(from, places.length, UNKNOWN)
    const rules = readColumn(from, places.length, RULES.length - 1)
    const ids = places === tail ? tail.map(() => end) : tokens.read(places.length)
    return places.map((place, at) => ({
      ...place,
      id: ids[at]!,
      confidence: confidences[at] === UNKNOWN ? null : 255 - confidences[at]!,
      rule: RULES[rules[at]!]!,
    }))
  })
  demand(commits.length <= LIMITS.commits, `it claims ${commits.length} commits`)
  checkPlaces(commits.slice(0, commits.length - revisions), commits.slice(commits.length - revisions), steps)
  return { status, clockUnit, passShare, ...readSteps(from, commits, steps, length, mask) }
}

function readInOrder(from: BitReader, length: number): number[] {
  const written = from.count(length, 'tokens')
  return Array.from({ length }, (_, position) => (position < written ? position + 1 : 0))
}

/** Steps must be there, and a position may be revised only before its last commit, once a step. */
function checkPlaces(last: readonly SharedCommit[], earlier: readonly SharedCommit[], steps: number): void {
  const nextOf = new Map(last.map(({ position, step }) => [position, step]))
  demand(
    last.every(({ step }) => step >= 1 && step <= steps),
    'a commit has no step',
  )
  for (const { step, position } of earlier.toReversed()) {
    demand(step >= 1 && step < (nextOf.get(position) ?? 0), 'a revision is out of order')
    nextOf.set(position, step)
  }
}
