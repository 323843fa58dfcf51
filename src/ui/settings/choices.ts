import type { StrategyName } from '../../core/settings.ts'
import type { WantedDevice } from '../../engines/browser/choose-device.ts'

export interface Option<Value extends string> {
  readonly value: Value
  readonly name: string
  /** What it does, in half a line. */
  readonly hint?: string
}

export const STRATEGIES: readonly Option<StrategyName>[] = [
  { value: 'low-confidence', name: 'Low confidence', hint: 'the most probable guesses first' },
  { value: 'margin', name: 'Margin', hint: 'the widest gap to the second candidate first' },
  { value: 'entropy', name: 'Entropy', hint: 'the least uncertain positions first' },
  { value: 'random', name: 'Random', hint: 'positions drawn by lot' },
  { value: 'threshold', name: 'Threshold', hint: 'all that are sure enough, at once' },
  { value: 'factor', name: 'Factor', hint: 'as many as their joint certainty allows' },
]

export const DEVICES: readonly Option<WantedDevice>[] = [
  { value: 'auto', name: 'Auto', hint: 'the quicker one' },
  { value: 'webgpu', name: 'WebGPU', hint: 'the graphics card' },
  { value: 'wasm', name: 'WASM', hint: 'the processor' },
]

/** Canvases that the bundled model was trained with. */
const LENGTHS = [24, 48, 80, 96]
const BLOCKS = [4, 8, 16, 32, 64]

function withCurrent(lengths: readonly number[], current: number): number[] {
  return [...new Set([...lengths, current])].sort((a, b) => a - b)
}

export function answerLengths(current: number): Option<string>[] {
  return withCurrent(LENGTHS, current).map((length) => ({ value: String(length), name: `${length} tokens` }))
}

/** Block lengths that fit an answer; as long as the answer means none. */
export function blockLengths(answerLength: number, current: number): Option<string>[] {
  const fitting = BLOCKS.filter((length) => length < answerLength)
  return withCurrent([...fitting, answerLength], current).map((length) => ({
    value: String(length),
    name: length === answerLength ? 'No blocks' : `${length} tokens`,
    ...(length === answerLength ? { hint: 'any order over the whole answer' } : {}),
  }))
}
