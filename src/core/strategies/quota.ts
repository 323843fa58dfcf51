import { blockOf, quotaOf, stepsOfBlock } from '../schedule.ts'
import type { OwnSetting } from './own-setting.ts'
import type { Measured, Strategy } from './strategy.ts'

/** Tokens a pass that the curves show. */
const BUDGETS = [1, 2, 4, 8]

/** Denoising steps over the whole canvas. */
const STEPS: OwnSetting = {
  label: 'Steps',
  hint: (steps, answerLength) => `${(answerLength / steps).toFixed(1)} tokens a step`,
  range: (answerLength) => ({ min: 1, max: answerLength, step: 1 }),
  start: (answerLength) => answerLength,
  rescaled: stepsAt,
  isValid: (steps) => Number.isSafeInteger(steps) && steps >= 1,
  complaint: 'The number of steps must be a whole number, 1 or more.',
}

/** As many tokens a step as before, over another length. */
function stepsAt(steps: number, from: number, to: number): number {
  return Math.max(1, Math.round((steps / from) * to))
}

/** What the strategies with a quota differ in. */
interface Order extends Pick<Strategy, 'label' | 'hint' | 'orderedBy' | 'confidence'> {
  readonly rule?: 'quota' | 'random'
  /** Decodings that the curves show besides those without blocks. */
  readonly inBlocks?: readonly Measured[]
}

/** LLaDA's schedule (arXiv 2502.09992) around any order: a fixed number of positions a step, the first of the order. */
export function quotaStrategy({ rule = 'quota', inBlocks = [], ...order }: Order): Strategy<'steps'> {
  return {
    ...order,
    own: { steps: STEPS },
    schedule: ({ block, masks, index, answerLength }, { steps }) =>
      quotaOf(masks, stepsOfBlock(block, steps, answerLength), index),
    select: ({ place, quota, of }) => (place <= quota ? { rule, quota, of } : null),
    passes: ({ steps }, { answerLength, blockLength }) => {
      let passes = 0
      for (let start = 0; start < answerLength; start += blockLength) {
        const block = blockOf(start, blockLength, answerLength)
        passes += Math.min(stepsOfBlock(block, steps, answerLength), block[1] - block[0])
      }
      return passes
    },
    shortfall: () => 'was due in this step',
    budget: ({ steps }, answerLength) => answerLength / steps,
    spending: (budget, answerLength) => ({ steps: Math.ceil(answerLength / budget) }),
    measured: [{ budgets: BUDGETS }, ...inBlocks],
  }
}
