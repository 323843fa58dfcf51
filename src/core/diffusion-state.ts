import { checkSettings } from './check-settings.ts'
import type { Ends } from './end-of-sequence.ts'
import { ownSettings } from './own-settings.ts'
import { blockOf, type Block } from './schedule.ts'
import type { DiffusionSettings } from './settings.ts'
import { strategyOf } from './strategies/strategy-of.ts'
import type { Vocabulary } from './vocabulary.ts'

/** All that a diffusion run has decided so far. Never mutated: `denoise` returns the next one. */
export interface DiffusionState {
  readonly settings: DiffusionSettings
  readonly vocabulary: Vocabulary
  /** The model's rule. */
  readonly ends: Ends
  /** The canvas, `[answerLength]`: token ids, the mask id where nothing is committed. */
  readonly ids: Int32Array
  /**
   * `[answerLength]`, the probability at which what stands was committed by the strategy, which may revise that alone;
   * NaN for a mask, and for what a person put there.
   */
  readonly sureness: Float64Array
  /** Steps taken. The next step is `step + 1`, and draws from `randomAt(seed, step + 1)`. */
  readonly step: number
  /** Steps taken in the block being decided. */
  readonly stepOfBlock: number
  /** Masked positions of that block before its first step; its quotas are shares of these. */
  readonly blockMasks: number
  /** The block without a mask whose tokens are still edited, and the passes that this took so far; mostly null. */
  readonly polish: { readonly block: Block; readonly passes: number } | null
}

/**
 * A canvas of masks, or one on which some tokens are fixed from the start. Throws an Error with a sentence when the settings make no sense.
 *
 * @param canvas `[answerLength]`, the mask where something is to be decided
 */
export function startDiffusion(
  settings: DiffusionSettings,
  vocabulary: Vocabulary,
  ends: Ends = 'sure',
  canvas?: readonly number[],
): DiffusionState {
  const complaints = checkSettings(settings)
  if (complaints.length > 0) throw new Error(complaints.join(' '))
  const { answerLength } = settings
  const ids = new Int32Array(answerLength).fill(vocabulary.mask)
  if (canvas !== undefined) ids.set(canvas)
  const sureness = new Float64Array(answerLength).fill(NaN)
  const begun = { settings, vocabulary, ends, ids, sureness, step: 0, stepOfBlock: 0, blockMasks: 0 }
  const state: DiffusionState = { ...begun, polish: null }
  const block = currentBlock(state)
  return { ...state, blockMasks: block === null ? 0 : masksIn(ids, block, vocabulary) }
}

/** Whether nothing is masked any more, and nothing is edited. */
export function isFinished(state: DiffusionState): boolean {
  return currentBlock(state) === null
}

/** The block being decided: the leftmost with a masked position, or the one that is still edited; null when the run is finished. */
export function currentBlock({ ids, settings, vocabulary, polish }: DiffusionState): Block | null {
  if (polish !== null) return polish.block
  const first = ids.indexOf(vocabulary.mask)
  return first < 0 ? null : blockOf(first, settings.blockLength, settings.answerLength)
}

/** The state after a step that left the canvas as `ids`, committed at `sureness`. */
export function advance(state: DiffusionState, ids: Int32Array, sureness: Float64Array): DiffusionState {
  const before = currentBlock(state)
  const next = {
    ...state,
    ids,
    sureness,
    step: state.step + 1,
    stepOfBlock: state.stepOfBlock + 1,
    polish: before && polishAfter(state, before, ids, sureness),
  }
  const block = currentBlock(next)
  if (block === null || block[0] === before?.[0]) return next
  return { ...next, stepOfBlock: 0, blockMasks: masksIn(ids, block, state.vocabulary) }
}

/** Masked positions of a block. */
export function masksIn(ids: Int32Array, block: Block, { mask }: Vocabulary): number {
  return ids.subarray(...block).filter((id) => id === mask).length
}

/** Whether the block of a step is edited once more: when it has no masks, and until a pass changes nothing. */
function polishAfter(
  { settings, vocabulary, ids: before, polish }: DiffusionState,
  block: Block,
  ids: Int32Array,
  sureness: Float64Array,
): DiffusionState['polish'] {
  const { revision } = strategyOf(settings.strategy)
  if (revision?.kind !== 'edits' || revision.threshold(ownSettings(settings)) >= 1) return null
  const positions = Array.from({ length: block[1] - block[0] }, (_, at) => block[0] + at)
  if (positions.some((position) => ids[position] === vocabulary.mask)) return null
  if (!positions.some((position) => mayRevise(ids, sureness, position, vocabulary))) return null
  if (polish === null) return { block, passes: 0 }
  const isChanged = positions.some((position) => ids[position] !== before[position])
  const passes = polish.passes + 1
  return isChanged && passes < revision.mostPasses ? { block, passes } : null
}

/** Whether a strategy may take back or change what stands at a position: content that it committed itself. */
export function mayRevise(
  ids: Int32Array,
  sureness: Float64Array,
  position: number,
  { mask, end }: Vocabulary,
): boolean {
  const id = ids[position]
  return id !== mask && id !== end && !Number.isNaN(sureness[position]!)
}
