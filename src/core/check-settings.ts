import { ownSettings } from './own-settings.ts'
import type { AutoregressiveSettings, DiffusionSettings } from './settings.ts'
import { STRATEGY_NAMES, strategyOf } from './strategies/strategy-of.ts'

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

  const { strategy, blockLength } = settings
  demand(
    isWhole(blockLength, 1, answerLength),
    'The block length must be a whole number from 1 to the answer length; the answer length means no blocks.',
  )
  if (!STRATEGY_NAMES.includes(strategy)) {
    return [...complaints, `The strategy must be one of ${STRATEGY_NAMES.join(', ')}.`]
  }
  const own = ownSettings(settings)
  for (const [key, { isValid, complaint }] of Object.entries(strategyOf(strategy).own)) {
    demand(isValid(own[key]!), complaint)
  }
  return complaints
}
