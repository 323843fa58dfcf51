import { checkSettings } from './check-settings.ts'
import type { Ends } from './end-of-sequence.ts'
import { blockOf, type Block } from './schedule.ts'
import type { DiffusionSettings } from './settings.ts'
import type { Vocabulary } from './vocabulary.ts'

/** All that a diffusion run has decided so far. Never mutated: `denoise` returns the next one. */
export interface DiffusionState {
  readonly settings: DiffusionSettings
  readonly vocabulary: Vocabulary
  /** The model's rule. */
  readonly ends: Ends
  /** The canvas, `[answerLength]`: token ids, the mask id where nothing is committed. */
  readonly ids: Int32Array
  /** Steps taken. The next step is `step + 1`, and draws from `randomAt(seed, step + 1)`. */
  readonly step: number
  /** Steps taken in the block being decided. */
  readonly stepOfBlock: number
  /** Masked positions of that block before its first step; its quotas are shares of these. */
  readonly blockMasks: number
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
  const ids = new Int32Array(settings.answerLength).fill(vocabulary.mask)
  if (canvas !== undefined) ids.set(canvas)
  const state = { settings, vocabulary, ends, ids, step: 0, stepOfBlock: 0, blockMasks: 0 }
  const block = currentBlock(state)
  const blockMasks = block === null ? 0 : ids.subarray(...block).filter((id) => id === vocabulary.mask).length
  return { ...state, blockMasks }
}

/** Whether nothing is masked any more. */
export function isFinished(state: DiffusionState): boolean {
  return !state.ids.includes(state.vocabulary.mask)
}

/** The block being decided: the leftmost with a masked position; null when the run is finished. */
export function currentBlock({ ids, settings, vocabulary }: DiffusionState): Block | null {
  const first = ids.indexOf(vocabulary.mask)
  return first < 0 ? null : blockOf(first, settings.blockLength, settings.answerLength)
}

/** The state after a step that left the canvas as `ids`. */
export function advance(state: DiffusionState, ids: Int32Array): DiffusionState {
  const next = { ...state, ids, step: state.step + 1, stepOfBlock: state.stepOfBlock + 1 }
  const block = currentBlock(next)
  if (block === null || block[0] === currentBlock(state)?.[0]) return next
  const blockMasks = ids.subarray(...block).filter((id) => id === state.vocabulary.mask).length
  return { ...next, stepOfBlock: 0, blockMasks }
}
