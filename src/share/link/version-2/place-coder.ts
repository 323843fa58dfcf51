import { demand } from '../link-damage.ts'
import { AdaptiveBits, AdaptiveNumbers } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { unzigzag, widthOf, zigzag } from '../coding/whole-numbers.ts'
import type { LinkedCommit } from './linked-pair.ts'
import { LIMITS, RULES, type Rule } from './tables.ts'

/** A commit without its token. */
export type Place = Omit<LinkedCommit, 'id'>

/** Bits of a rule's index. */
const RULE_BITS = widthOf(RULES.length - 1)
/** The confidence of what is certain. */
const CERTAIN = 255

export function isTail(rule: Rule): boolean {
  return rule === 'tail' || rule === 'tail-free'
}

/** Where, why and how surely each step of a lane commits, by rank; the tokens come later. */
export class PlaceCoder {
  readonly #coder: BitCoder
  readonly #length: number
  /** Positions that nothing was committed at, rising. */
  readonly #open: number[]
  #coded = 0
  #lastCount = 1
  #lastPosition = -1
  #lastJump = 0
  #lastRule = 0
  readonly #counts = new AdaptiveNumbers(4)
  readonly #isRevision = new AdaptiveBits(1)
  readonly #revised = new AdaptiveNumbers()
  readonly #jumps = new AdaptiveNumbers(2)
  readonly #rules = new AdaptiveBits(RULES.length << RULE_BITS)
  readonly #isUnknown = new AdaptiveBits(2)
  readonly #doubts = new AdaptiveNumbers(2)

  /** @param length positions of the canvas */
  constructor(coder: BitCoder, length: number) {
    this.#coder = coder
    this.#length = length
    this.#open = Array.from({ length }, (_, position) => position)
  }

  /** Writes the commits of a step, or reads them where there are none; returns them. Throws `LinkDamage`. */
  codeStep(step: number, commits?: readonly LinkedCommit[]): Place[] {
    const count = this.#counts.code(this.#coder, Math.min(3, this.#lastCount), commits?.length)
    this.#lastCount = count
    this.#coded += count
    demand(count <= this.#length && this.#coded <= LIMITS.commits, 'it claims too many commits')
    const places = Array.from({ length: count }, (_, rank): Place => {
      const commit = commits?.[rank]
      const position = this.#codePosition(commit?.position)
      const rule = this.#codeRule(commit?.rule)
      return {
        step,
        position,
        rule,
        confidence: this.#codeConfidence(isTail(rule) ? 1 : 0, commit?.confidence),
      }
    })
    demand(new Set(places.map(({ position }) => position)).size === count, 'a step commits a position twice')
    return places
  }

  /** An open position as how many others lie between it and the last commit; one that is not open as it is. */
  #codePosition(position?: number): number {
    const at = position === undefined ? undefined : this.#open.indexOf(position)
    if (this.#isRevision.flag(this.#coder, 0, at === undefined ? undefined : at < 0)) {
      const revised = this.#revised.code(this.#coder, 0, position)
      demand(revised < this.#length, 'a position lies outside the answer')
      return (this.#lastPosition = revised)
    }
    const cursor = firstAbove(this.#open, this.#lastPosition)
    const jump = this.#jumps.code(
      this.#coder,
      this.#lastJump === 0 ? 0 : 1,
      at === undefined ? undefined : zigzag(at - cursor),
    )
    this.#lastJump = jump
    const [taken] = this.#open.splice(Math.max(0, cursor + unzigzag(jump)), 1)
    demand(taken !== undefined, 'a position lies outside the answer')
    return (this.#lastPosition = taken)
  }

  #codeRule(rule?: Rule): Rule {
    const index = rule === undefined ? undefined : RULES.indexOf(rule)
    let node = 1
    for (let place = RULE_BITS - 1; place >= 0; place--) {
      const bit = index === undefined ? undefined : (index >>> place) & 1
      node = node * 2 + this.#rules.code(this.#coder, (this.#lastRule << RULE_BITS) + node, bit)
    }
    this.#lastRule = node - 2 ** RULE_BITS
    return RULES[this.#lastRule]!
  }

  #codeConfidence(context: number, confidence?: number | null): number | null {
    const unknown = confidence === undefined ? undefined : confidence === null
    if (this.#isUnknown.flag(this.#coder, context, unknown)) return null
    const doubt = this.#doubts.code(
      this.#coder,
      context,
      typeof confidence === 'number' ? CERTAIN - confidence : undefined,
    )
    demand(doubt <= CERTAIN, 'a confidence is out of range')
    return CERTAIN - doubt
  }
}

/** Index of the first of rising numbers that is larger than `value`; their count if none is. */
function firstAbove(rising: readonly number[], value: number): number {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rising[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
