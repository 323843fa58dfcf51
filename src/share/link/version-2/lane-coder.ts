import type { Vocabulary } from '../../../core/vocabulary.ts'
import { demand } from '../link-damage.ts'
import { AdaptiveBits, AdaptiveNumbers, codePlain } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { unzigzag, zigzag } from '../coding/whole-numbers.ts'
import type { LinkedCommit, LinkedLane, LinkedStep } from './linked-pair.ts'
import { isTail, PlaceCoder, type Place } from './place-coder.ts'
import { countMasked, groupByStep, ruleCounts } from './step-counts.ts'
import { LIMITS, STATUSES } from './tables.ts'
import type { TokenCoder } from './token-coder.ts'

/** What a lane's bits hold; the rest of it is words. */
type LaneBits = Pick<LinkedLane<unknown>, 'status' | 'steps' | 'commits' | 'clockUnit' | 'passShare'>

/** What of a step is known before its commits. */
type StepHead = Pick<LinkedStep, 'block' | 'ticks'>

/** Differences between a count and its guess may be this large. */
const MOST = 2 * LIMITS.positions

/**
 * Writes all of a lane but its words, or reads it where there is none; returns it. Throws `LinkDamage`.
 *
 * @param length positions of the canvas
 */
export function codeLane(
  coder: BitCoder,
  tokens: TokenCoder,
  length: number,
  vocabulary: Vocabulary,
  lane?: LaneBits,
): LaneBits {
  const status = STATUSES[codePlain(coder, 2, lane && STATUSES.indexOf(lane.status))]!
  const passShare = codePlain(coder, 8, lane?.passShare)
  const clockUnit = new AdaptiveNumbers().code(coder, 0, lane?.clockUnit)
  demand(clockUnit > 0 && clockUnit <= LIMITS.ticks, 'its clock stands still')
  const count = new AdaptiveNumbers().code(coder, 0, lane?.steps.length)
  demand(count <= LIMITS.steps, 'it claims too many steps')

  const given = lane && groupByStep(lane.commits, count)
  const heads = new HeadCoder(coder, length)
  const places = new PlaceCoder(coder, length)
  const coded = Array.from({ length: count }, (_, at) => ({
    head: heads.code(lane?.steps[at]),
    places: places.codeStep(at + 1, given?.[at]),
  }))
  const commits = codeTokens(
    coder,
    tokens,
    vocabulary,
    coded.flatMap(({ places }) => places),
    lane?.commits,
  )
  const steps = codeCounts(
    coder,
    coded.map(({ head }) => head),
    commits,
    length,
    vocabulary.mask,
    lane?.steps,
  )
  return { status, clockUnit, passShare, steps, commits }
}

/** The block that a step decides, mostly that of the step before, and how long the step took. */
class HeadCoder {
  readonly #coder: BitCoder
  readonly #length: number
  #block: readonly [number, number]
  readonly #stays = new AdaptiveBits(1)
  readonly #moves = new AdaptiveNumbers()
  readonly #lengths = new AdaptiveNumbers()
  readonly #ticks = new AdaptiveNumbers()

  constructor(coder: BitCoder, length: number) {
    this.#coder = coder
    this.#length = length
    this.#block = [0, length]
  }

  code(step?: StepHead): StepHead {
    const [start, end] = this.#block
    const stays = step && step.block[0] === start && step.block[1] === end
    if (!this.#stays.flag(this.#coder, 0, stays)) this.#block = this.#codeBlock(start, step?.block)
    const ticks = this.#ticks.code(this.#coder, 0, step?.ticks)
    demand(ticks <= LIMITS.ticks, 'a step takes too long')
    return { block: this.#block, ticks }
  }

  #codeBlock(before: number, block?: readonly [number, number]): readonly [number, number] {
    const start = before + unzigzag(this.#moves.code(this.#coder, 0, block && zigzag(block[0] - before)))
    const end = start + this.#lengths.code(this.#coder, 0, block && block[1] - block[0])
    demand(start >= 0 && start < end && end <= this.#length, 'a block lies outside the answer')
    return [start, end]
  }
}

/** The tokens of the answer from left to right, at each position the last one first. */
function codeTokens(
  coder: BitCoder,
  tokens: TokenCoder,
  vocabulary: Vocabulary,
  places: readonly Place[],
  given?: readonly LinkedCommit[],
): LinkedCommit[] {
  const order = places.map((_, at) => at).sort((a, b) => places[a]!.position - places[b]!.position || b - a)
  const ids = new Map(
    order.map((at) => [at, tokens.code(coder, vocabulary, isTail(places[at]!.rule), given?.[at]!.id)]),
  )
  return places.map((place, at) => ({ ...place, id: ids.get(at)! }))
}

/** How many positions each step could have committed and how many it might, near what follows from its commits. */
function codeCounts(
  coder: BitCoder,
  heads: readonly StepHead[],
  commits: readonly LinkedCommit[],
  length: number,
  mask: number,
  given?: readonly LinkedStep[],
): LinkedStep[] {
  const byStep = groupByStep(commits, heads.length)
  const blocks = heads.map(({ block }) => block)
  const masked = countMasked(byStep, blocks, length, mask)
  const [ofs, quotas] = [new AdaptiveNumbers(), new AdaptiveNumbers()]
  const near = (numbers: AdaptiveNumbers, guess: number, value?: number) => {
    const count =
      guess + unzigzag(numbers.code(coder, 0, value === undefined ? undefined : zigzag(value - guess)))
    demand(count >= 0 && count <= MOST, 'a count makes no sense')
    return count
  }
  return heads.map((head, at) => {
    const { hasOf, filled } = ruleCounts(byStep[at]!)
    const of = hasOf ? near(ofs, masked[at]!, given?.[at]!.of) : 0
    const quota = filled > 0 ? near(quotas, filled, given?.[at]!.quota) : 0
    return { ...head, of, quota }
  })
}
