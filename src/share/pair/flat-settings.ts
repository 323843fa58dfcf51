import * as v from 'valibot'
import type { AutoregressiveSettings, DiffusionSettings } from '../../core/settings.ts'
import { finite, whole } from '../schema/numbers.ts'

/** Longest answer that these formats ever held. */
const LONGEST = 4096

const length = v.pipe(whole, v.minValue(1), v.maxValue(LONGEST))
const count = v.pipe(whole, v.minValue(1))

/** Frozen, as are the order and the meaning of all fields here: links and files of once are read by them. */
export const flatSamplingEntries = {
  answerLength: length,
  temperature: v.pipe(finite, v.minValue(0)),
  topK: count,
  seed: whole,
}

const FLAT_STRATEGIES = ['low-confidence', 'random', 'margin', 'entropy', 'threshold', 'factor'] as const

/** Settings of a diffusion run when every strategy had the fields of all. */
export const flatDiffusionEntries = {
  strategy: v.picklist(FLAT_STRATEGIES),
  answerLength: length,
  blockLength: length,
  steps: count,
  temperature: v.pipe(finite, v.minValue(0)),
  topK: count,
  threshold: finite,
  factor: v.pipe(finite, v.minValue(0)),
  seed: whole,
}

export interface FlatDiffusionSettings extends AutoregressiveSettings {
  readonly strategy: (typeof FLAT_STRATEGIES)[number]
  readonly blockLength: number
  readonly steps: number
  readonly threshold: number
  readonly factor: number
}

/** A block longer than its answer makes no sense. */
export function isWithin({ blockLength, answerLength }: FlatDiffusionSettings): boolean {
  return blockLength <= answerLength
}

/** The settings of its strategy; what is another strategy's is dropped. */
export function fromFlat(flat: FlatDiffusionSettings): DiffusionSettings {
  const { strategy, answerLength, blockLength, temperature, topK, seed, steps, threshold, factor } = flat
  const base = { answerLength, blockLength, temperature, topK, seed }
  if (strategy === 'threshold') return { ...base, strategy, threshold }
  if (strategy === 'factor') return { ...base, strategy, factor }
  return { ...base, strategy, steps }
}
