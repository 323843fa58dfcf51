import type { Decoder, StartingCanvas } from '../../../trace/trace.ts'
import { codePlain } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { demand } from '../link-damage.ts'
import type { SharedRun, SharedStep } from '../shared-comparison.ts'
import { codeTokens } from './answer-coder.ts'
import type { Budget } from './budget.ts'
import { codeCounts } from './count-coder.ts'
import { codeFeatures } from './features.ts'
import { HeadCoder } from './head-coder.ts'
import { LaneModel } from './lane-model.ts'
import { OpenPositions } from './open-positions.ts'
import { PlaceCoder } from './place-coder.ts'
import { codeReadings } from './reading-coder.ts'
import { LIMITS } from './tables.ts'
import type { TokenCoder } from './token-coder.ts'
import type { WordedComparison } from './words.ts'

/** What a run's bits hold; the rest of it is words. */
type RunBits = Pick<SharedRun, 'canvas' | 'inherited' | 'steps' | 'clockUnit' | 'passShare'>
type WordedRun = NonNullable<WordedComparison['lanes'][number]['run']>

/** Writes all of a run but its words, or reads it where there is none; returns it. */
export class RunCoder {
  readonly #coder: BitCoder
  readonly #budget: Budget
  readonly #models: Readonly<Record<Decoder, LaneModel>> = {
    diffusion: new LaneModel(),
    autoregressive: new LaneModel(),
  }

  constructor(coder: BitCoder, budget: Budget) {
    this.#coder = coder
    this.#budget = budget
  }

  /**
   * Throws `LinkDamage`.
   *
   * @param heritage steps of its parent that it may have at its start
   */
  code(
    decoder: Decoder,
    worded: WordedRun,
    tokens: TokenCoder,
    heritage: readonly SharedStep[],
    run?: RunBits,
  ): RunBits {
    const coder = this.#coder
    const model = this.#models[decoder]
    const { vocabulary, settings, reasons, knowledge } = worded
    const features = codeFeatures(coder, model, run)
    const canvas = features.canvas ? this.#codeCanvas(model, worded, tokens, run?.canvas) : undefined
    const inherited = codeInherited(coder, model, heritage.length, run?.inherited)
    const passShare = codePlain(coder, 8, run?.passShare)
    const clockUnit = model.units.code(coder, 0, run?.clockUnit)
    demand(clockUnit > 0 && clockUnit <= LIMITS.ticks, 'its clock stands still')
    const count = model.stepCounts.code(coder, 0, run?.steps.length)
    this.#budget.spend('steps', count + inherited)

    const positions = new OpenPositions(canvas?.ids.length ?? settings.answerLength, canvas?.given)
    for (const step of heritage.slice(0, inherited)) positions.pass(step)
    const heads = new HeadCoder(coder, model, this.#budget, positions, features)
    const places = new PlaceCoder(coder, model, this.#budget, positions, reasons)
    const coded = Array.from({ length: count }, (_, at) => {
      const given = run?.steps[at]
      const head = heads.code(given)
      const open = positions.countIn(head.block)
      return { head, open, places: places.codeStep(given?.commits) }
    })
    const commits = codeTokens(
      coder,
      tokens,
      vocabulary,
      coded.map((step) => step.places),
      run?.steps.map((step) => step.commits),
    )
    const said = knowledge.guesses
      ? codeReadings(coder, model, this.#budget, tokens, vocabulary, count, run?.steps)
      : coded.map(() => [])
    const counts = codeCounts(
      coder,
      model,
      coded.map(({ open }) => open),
      commits,
      run?.steps,
    )
    return {
      ...(canvas && { canvas }),
      ...{ inherited, clockUnit, passShare },
      steps: coded.map(({ head }, at) => ({
        ...head,
        ...counts[at]!,
        commits: commits[at]!,
        said: said[at]!,
      })),
    }
  }

  /** What stands at every position at the start, and whether it is fixed. */
  #codeCanvas(
    model: LaneModel,
    { vocabulary }: WordedRun,
    tokens: TokenCoder,
    canvas?: StartingCanvas,
  ): StartingCanvas {
    const coder = this.#coder
    const length = model.stepCounts.code(coder, 0, canvas?.ids.length)
    demand(length > 0 && length <= LIMITS.positions, 'it claims too many positions')
    this.#budget.spend('tokens', length)
    const fixed = canvas && new Set(canvas.given)
    const given: number[] = []
    let before = 0
    const ids = Array.from({ length }, (_, position) => {
      before = model.isGiven.code(coder, before, fixed && Number(fixed.has(position)))
      if (before === 1) given.push(position)
      return tokens.code(coder, vocabulary, null, canvas?.ids[position])
    })
    return { ids, given }
  }
}

function codeInherited(coder: BitCoder, model: LaneModel, most: number, inherited?: number): number {
  if (most === 0) return 0
  if (model.inheritsAll.flag(coder, 0, inherited === undefined ? undefined : inherited === most)) return most
  const count = model.stepCounts.code(coder, 0, inherited)
  demand(count < most, 'it claims more of its parent than there is')
  return count
}
