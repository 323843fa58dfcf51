import type { Splice } from '../../../trace/trace.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { unzigzag, zigzag } from '../coding/whole-numbers.ts'
import { demand } from '../link-damage.ts'
import type { SharedStep } from '../shared-comparison.ts'
import type { Budget } from './budget.ts'
import type { Features } from './features.ts'
import type { LaneModel } from './lane-model.ts'
import type { OpenPositions } from './open-positions.ts'
import { LIMITS } from './tables.ts'

/** What of a step is known before its commits. */
type StepHead = Pick<SharedStep, 'edit' | 'splices' | 'block' | 'ticks'>

/**
 * Whether a step is an edit, the positions that it takes out and puts in, the block that it decides, mostly that of the
 * step before, and how long it took.
 */
export class HeadCoder {
  readonly #coder: BitCoder
  readonly #model: LaneModel
  readonly #budget: Budget
  readonly #positions: OpenPositions
  readonly #features: Features
  #block: readonly [number, number]
  #wasEdit = false

  constructor(
    coder: BitCoder,
    model: LaneModel,
    budget: Budget,
    positions: OpenPositions,
    features: Features,
  ) {
    this.#coder = coder
    this.#model = model
    this.#budget = budget
    this.#positions = positions
    this.#features = features
    this.#block = [0, positions.length]
  }

  /** Writes a head, or reads one where there is none; returns it. Throws `LinkDamage`. */
  code(step?: StepHead): StepHead {
    const before = this.#positions.length
    const edit =
      this.#features.edits && this.#model.isEdit.flag(this.#coder, Number(this.#wasEdit), step?.edit)
    this.#wasEdit = edit
    const splices = this.#features.splices ? this.#codeSplices(step?.splices) : []
    const [start, end] = this.#block
    const stays = step && step.block[0] === start && step.block[1] === end
    if (!this.#model.staysInBlock.flag(this.#coder, 0, stays)) this.#block = this.#codeBlock(step?.block)
    demand(this.#block[1] <= Math.max(before, this.#positions.length), 'a block lies outside the answer')
    const ticks = this.#model.ticks.code(this.#coder, 0, step?.ticks)
    demand(ticks <= LIMITS.ticks, 'a step takes too long')
    return { edit, splices, block: this.#block, ticks }
  }

  #codeBlock(block?: readonly [number, number]): readonly [number, number] {
    const before = this.#block[0]
    const move = this.#model.blockMoves.code(this.#coder, 0, block && zigzag(block[0] - before))
    const start = before + unzigzag(move)
    const end = start + this.#model.blockLengths.code(this.#coder, 0, block && block[1] - block[0])
    demand(start >= 0 && start < end, 'a block lies outside the answer')
    return [start, end]
  }

  #codeSplices(given?: readonly Splice[]): Splice[] {
    const number = (context: number, value?: number) => this.#model.splices.code(this.#coder, context, value)
    const count = number(0, given?.length)
    this.#budget.spend('splices', count)
    return Array.from({ length: count }, (_, index) => {
      const splice = {
        at: number(1, given?.[index]?.at),
        removed: number(2, given?.[index]?.removed),
        inserted: number(3, given?.[index]?.inserted),
      }
      this.#positions.splice(splice)
      return splice
    })
  }
}
