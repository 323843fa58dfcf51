/** A stretch of positions, [start, end). */
export type Block = readonly [start: number, end: number]

/** The block that `position` lies in; the last one may be shorter. */
export function blockOf(position: number, blockLength: number, answerLength: number): Block {
  const start = Math.floor(position / blockLength) * blockLength
  return [start, Math.min(start + blockLength, answerLength)]
}

/**
 * Steps for one block, at least 1: its share of all steps, by its share of the canvas. For blocks of equal
 * length that divide the canvas it is LLaDA's `steps / blocks`.
 */
export function stepsOfBlock(block: Block, steps: number, answerLength: number): number {
  const before = Math.floor((steps * block[0]) / answerLength)
  const through = Math.floor((steps * block[1]) / answerLength)
  return Math.max(1, through - before)
}

/**
 * How many of `masks` positions the step `index` (from 0) of `steps` commits: as even as whole numbers
 * allow, the larger shares first (LLaDA, arXiv 2502.09992). Over all steps it sums to `masks`.
 */
export function quotaOf(masks: number, steps: number, index: number): number {
  return Math.floor(masks / steps) + (index < masks % steps ? 1 : 0)
}
