import { currentBlock, masksIn, type DiffusionState } from './diffusion-state.ts'
import { ownSettings } from './own-settings.ts'
import { strategyOf } from './strategies/strategy-of.ts'

/**
 * The state after a person left the canvas as `ids` between two passes. Where as many positions of the block are masked
 * as before, its schedule goes on as if nothing had happened. Pure.
 */
export function edit(state: DiffusionState, ids: Int32Array): DiffusionState {
  const next = { ...state, ids }
  const [before, now] = [currentBlock(state), currentBlock(next)]
  const masks = (ids: Int32Array) => (now === null ? 0 : masksIn(ids, now, state.vocabulary))
  const isSame = before?.[0] === now?.[0]
  return isSame && masks(ids) === masks(state.ids) ? next : rescheduled(next)
}

/**
 * The state with the schedule of its settings where that would leave as many masks as there are: a run that goes on with
 * other settings, or with other masks, keeps the pace of its settings and ends. Pure.
 */
export function rescheduled(state: DiffusionState): DiffusionState {
  const block = currentBlock(state)
  if (block === null) return state
  const { settings } = state
  const left = masksIn(state.ids, block, state.vocabulary)
  const masks = left > state.blockMasks ? block[1] - block[0] : state.blockMasks
  const { schedule } = strategyOf(settings.strategy)
  const own = ownSettings(settings)
  const { answerLength } = settings
  let stepOfBlock = 0
  let due = 0
  for (;;) {
    due += schedule({ block, masks, index: stepOfBlock, answerLength }, own)
    if (masks - due < left) return { ...state, blockMasks: masks, stepOfBlock }
    stepOfBlock++
  }
}
