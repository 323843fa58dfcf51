import { STRATEGY_NAMES, type AutoregressiveSettings, type DiffusionSettings } from './settings.ts'

/** Holds every answer that the bundled model was taught; shorter ones leave a tail of end tokens. */
export const DEFAULT_ANSWER_LENGTH = 80

/**
 * One token a pass, the surest first, no blocks: the order is the model's own, one can watch it, and 97 % of all
 * answers are right, as at threshold 0.9; no way tried on 500 prompts a kind has more (bench/curves.md).
 */
export function defaultDiffusionSettings(answerLength: number): DiffusionSettings {
  return {
    strategy: 'low-confidence',
    answerLength,
    blockLength: answerLength,
    steps: answerLength,
    temperature: 0,
    topK: 8,
    threshold: 0.9,
    factor: 1,
    seed: 1,
  }
}

/** The most probable token, every time. */
export function defaultAutoregressiveSettings(answerLength: number): AutoregressiveSettings {
  return { answerLength, temperature: 0, topK: 8, seed: 1 }
}

/** Longer canvases than any known diffusion model is decoded with. */
const LONGEST_ANSWER = 4096

function isWhole(value: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}

/** What is wrong with the settings, a sentence each; none when they can be run. */
export function checkSettings(settings: DiffusionSettings | AutoregressiveSettings): string[] {
  const complaints: string[] = []
  const demand = (holds: boolean, sentence: string) => {
    if (!holds) complaints.push(sentence)
  }
  const { answerLength, temperature, topK, seed } = settings
  demand(
    isWhole(answerLength, 1, LONGEST_ANSWER),
    `The answer length must be a whole number from 1 to ${LONGEST_ANSWER}.`,
  )
  demand(
    Number.isFinite(temperature) && temperature >= 0,
    'The temperature must be 0 or more; 0 takes the most probable token.',
  )
  demand(isWhole(topK, 1), 'The number of candidates to sample from must be a whole number, 1 or more.')
  demand(isWhole(seed, 0), 'The seed must be a whole number, 0 or more.')
  if (!('strategy' in settings)) return complaints

  const { strategy, blockLength, steps, threshold, factor } = settings
  demand(STRATEGY_NAMES.includes(strategy), `The strategy must be one of ${STRATEGY_NAMES.join(', ')}.`)
  demand(
    isWhole(blockLength, 1, answerLength),
    'The block length must be a whole number from 1 to the answer length; the answer length means no blocks.',
  )
  demand(isWhole(steps, 1), 'The number of steps must be a whole number, 1 or more.')
  demand(Number.isFinite(threshold), 'The threshold must be a number; useful values lie from 0.5 to 1.')
  demand(
    Number.isFinite(factor) && factor >= 0,
    'The factor must be 0 or more; a larger one commits more a step.',
  )
  return complaints
}
