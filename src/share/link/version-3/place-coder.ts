import { AdaptiveBits } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { unzigzag, widthOf, zigzag } from '../coding/whole-numbers.ts'
import { demand } from '../link-damage.ts'
import type { SharedCommit } from '../shared-comparison.ts'
import type { SharedReason } from '../shared-reason.ts'
import type { Budget } from './budget.ts'
import type { LaneModel } from './lane-model.ts'
import type { OpenPositions } from './open-positions.ts'
import { keyOf } from './words.ts'

/** A commit without its token. */
export type Place = Omit<SharedCommit, 'id'>

/** Where, why and how surely each step of a lane commits, by rank; the tokens come later. */
export class PlaceCoder {
  readonly #coder: BitCoder
  readonly #model: LaneModel
  readonly #budget: Budget
  readonly #positions: OpenPositions
  readonly #reasons: readonly SharedReason[]
  readonly #indexOf: ReadonlyMap<string, number>
  readonly #ruleBits: number
  readonly #rules: AdaptiveBits
  #lastCount = 1
  #lastPosition = -1
  #lastJump = 0
  #lastRule = 0

  /** @param reasons those that commits may have */
  constructor(
    coder: BitCoder,
    model: LaneModel,
    budget: Budget,
    positions: OpenPositions,
    reasons: readonly SharedReason[],
  ) {
    this.#coder = coder
    this.#model = model
    this.#budget = budget
    this.#positions = positions
    this.#reasons = reasons
    this.#indexOf = new Map(reasons.map((reason, index) => [keyOf(reason), index] as const).reverse())
    this.#ruleBits = widthOf(reasons.length - 1)
    this.#rules = new AdaptiveBits(reasons.length << this.#ruleBits)
  }

  /** Writes the commits of a step, or reads them where there are none; returns them. Throws `LinkDamage`. */
  codeStep(commits?: readonly SharedCommit[]): Place[] {
    const count = this.#model.commitCounts.code(this.#coder, Math.min(3, this.#lastCount), commits?.length)
    this.#lastCount = count
    demand(count <= this.#positions.length, 'it claims too many commits')
    this.#budget.spend('tokens', count)
    const places = Array.from({ length: count }, (_, rank): Place => {
      const commit = commits?.[rank]
      const position = this.#codePosition(commit?.position)
      const reason = this.#codeReason(commit?.reason)
      const context = reason.rule === 'tail' ? 1 : 0
      return {
        position,
        confidence: this.#model.confidences.code(this.#coder, context, commit?.confidence),
        reason,
      }
    })
    demand(new Set(places.map(({ position }) => position)).size === count, 'a step commits a position twice')
    this.#positions.settle(places)
    return places
  }

  /** An open position as how many others lie between it and the last commit; one that is not open as it is. */
  #codePosition(position?: number): number {
    const at = position === undefined ? undefined : this.#positions.placeOf(position)
    if (this.#model.isRevision.flag(this.#coder, 0, at === undefined ? undefined : at < 0)) {
      const revised = this.#model.revised.code(this.#coder, 0, position)
      demand(revised < this.#positions.length, 'a position lies outside the answer')
      return (this.#lastPosition = revised)
    }
    const cursor = this.#positions.behind(this.#lastPosition)
    const jump = this.#model.jumps.code(
      this.#coder,
      this.#lastJump === 0 ? 0 : 1,
      at === undefined ? undefined : zigzag(at - cursor),
    )
    this.#lastJump = jump
    return (this.#lastPosition = this.#positions.take(cursor + unzigzag(jump)))
  }

  #codeReason(reason?: SharedReason): SharedReason {
    const index = reason === undefined ? undefined : this.#indexOf.get(keyOf(reason))!
    let node = 1
    for (let place = this.#ruleBits - 1; place >= 0; place--) {
      const bit = index === undefined ? undefined : (index >>> place) & 1
      node = node * 2 + this.#rules.code(this.#coder, (this.#lastRule << this.#ruleBits) + node, bit)
    }
    const coded = this.#reasons[node - 2 ** this.#ruleBits]
    demand(coded !== undefined, 'a commit has no reason that is there')
    this.#lastRule = node - 2 ** this.#ruleBits
    return coded
  }
}
