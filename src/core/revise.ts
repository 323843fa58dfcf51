import { choose } from './choose.ts'
import { mayRevise, type DiffusionState } from './diffusion-state.ts'
import { ownSettings } from './own-settings.ts'
import type { Prediction } from './prediction.ts'
import type { Random } from './random.ts'
import { stepsOfBlock, type Block } from './schedule.ts'
import type { Commit } from './step-event.ts'
import { strategyOf } from './strategies/strategy-of.ts'

function revisable({ ids, sureness, vocabulary }: DiffusionState, [start, end]: Block): number[] {
  const positions = Array.from({ length: end - start }, (_, at) => start + at)
  return positions.filter((position) => mayRevise(ids, sureness, position, vocabulary))
}

/**
 * Positions of the block whose tokens the strategy would take back in this step, the one that its chance exceeds most
 * first. The canvas of a block with S steps is noised on a line: after i of them α is i / S, and the largest chance that
 * keeps to it is σ_max = min(1, (1 − α_s) / α_t) (arXiv 2503.00307, equation 6), which is 0 in the last step.
 */
export function wantedBack(state: DiffusionState, block: Block, random: Random): number[] {
  const { settings, stepOfBlock, sureness } = state
  const { revision } = strategyOf(settings.strategy)
  if (revision?.kind !== 'takes-back') return []
  const own = ownSettings(settings)
  const steps = stepsOfBlock(block, own['steps']!, settings.answerLength)
  const most = Math.max(0, Math.min(1, (steps - stepOfBlock - 1) / stepOfBlock))
  const positions = revisable(state, block)
  if (most === 0 || positions.length === 0) return []
  const chances = revision.chances({ sureness: positions.map((position) => sureness[position]!), most }, own)
  return chances
    .map((chance, at) => ({ position: positions[at]!, excess: random.next() / chance }))
    .filter(({ excess }) => excess < 1)
    .sort((a, b) => a.excess - b.excess)
    .map(({ position }) => position)
}

/**
 * Tokens of the block that the strategy changes in this step, by rising position, their ranks still to come: wherever
 * another token is the likeliest and more probable than the edit threshold. Ends of sequence are neither changed nor put.
 */
export function editsOf(state: DiffusionState, prediction: Prediction, block: Block): Omit<Commit, 'rank'>[] {
  const { settings, vocabulary, ids } = state
  const { revision } = strategyOf(settings.strategy)
  if (revision?.kind !== 'edits') return []
  const threshold = revision.threshold(ownSettings(settings))
  if (threshold >= 1) return []
  const { mask, end, suppressed } = vocabulary
  const mayStand = (id: number) => id !== mask && id !== end && !suppressed.includes(id)
  return revisable(state, block).flatMap((position) => {
    const reading = choose(prediction, position, mayStand, settings, null)
    const previous = ids[position]!
    if (reading === null || reading.id === previous || reading.probability <= threshold) return []
    const { id, probability } = reading
    return [{ position, id, previous, probability, reason: { rule: 'edited', threshold } }]
  })
}
