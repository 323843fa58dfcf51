import type { Reading } from './choose.ts'
import type { Random } from './random.ts'

/** How sure a reading is, for ranking: larger is committed earlier. */
export type Confidence = (reading: Reading, random: Random) => number

export const byProbability: Confidence = (reading) => reading.probability

export const byMargin: Confidence = (reading) => reading.margin

export const byEntropy: Confidence = (reading) => -reading.entropy

export const byChance: Confidence = (_reading, random) => random.next()
