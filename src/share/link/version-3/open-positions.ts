import type { Splice } from '../../../trace/trace.ts'
import { demand } from '../link-damage.ts'
import type { SharedStep } from '../shared-comparison.ts'
import type { SharedReason } from '../shared-reason.ts'
import { LIMITS } from './tables.ts'

/** Rules that leave a position open: what stands there is not accepted. Frozen. */
const LEAVES_OPEN: ReadonlySet<string> = new Set(['taken-back', 'masked', 'noise'])

/** Which positions of a canvas are open: nothing that was accepted stands there. Writer and reader follow it alike. */
export class OpenPositions {
  readonly #accepted: boolean[]
  /** Rising; without those that the step at hand committed. */
  #open: number[] = []

  /**
   * @param length positions of the canvas
   * @param given those that are fixed
   */
  constructor(length: number, given: readonly number[] = []) {
    demand(length > 0 && length <= LIMITS.positions, 'it claims too many positions')
    this.#accepted = new Array<boolean>(length).fill(false)
    for (const position of given) this.#accepted[position] = true
    this.#collect()
  }

  get length(): number {
    return this.#accepted.length
  }

  /** Takes positions out and puts new ones in, which are open. */
  splice({ at, removed, inserted }: Splice): void {
    const rest = this.length - removed
    demand(at >= 0 && at <= rest, 'positions are taken out that are not there')
    demand(rest + inserted > 0 && rest + inserted <= LIMITS.positions, 'it claims too many positions')
    this.#accepted.splice(at, removed, ...new Array<boolean>(inserted).fill(false))
    this.#collect()
  }

  /** How many lie in a block. */
  countIn([start, end]: readonly [number, number]): number {
    return this.#firstAbove(end - 1) - this.#firstAbove(start - 1)
  }

  /** The place among the open ones of the first that lies behind a position. */
  behind(position: number): number {
    return this.#firstAbove(position)
  }

  /** The place of a position among the open ones; −1 where it is not open. */
  placeOf(position: number): number {
    const place = this.#firstAbove(position - 1)
    return this.#open[place] === position ? place : -1
  }

  /** The position at a place among the open ones, which is no more. */
  take(place: number): number {
    const [taken] = this.#open.splice(Math.max(0, place), 1)
    demand(taken !== undefined, 'a position lies outside the answer')
    return taken
  }

  /** Ends a step that committed these. */
  settle(commits: readonly { readonly position: number; readonly reason: SharedReason }[]): void {
    let reopened = false
    for (const { position, reason } of commits) {
      const stays = LEAVES_OPEN.has(reason.rule)
      if (stays) reopened = true
      this.#accepted[position] = !stays
    }
    if (reopened) this.#collect()
  }

  /** Lets a step pass that is known without being coded. */
  pass({ splices, commits }: SharedStep): void {
    for (const splice of splices) this.splice(splice)
    this.settle(commits)
    this.#collect()
  }

  #collect(): void {
    this.#open = []
    this.#accepted.forEach((accepted, position) => {
      if (!accepted) this.#open.push(position)
    })
  }

  /** Index of the first open position that is larger than `value`; their count if none is. */
  #firstAbove(value: number): number {
    let [low, high] = [0, this.#open.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#open[middle]! > value) high = middle
      else low = middle + 1
    }
    return low
  }
}
