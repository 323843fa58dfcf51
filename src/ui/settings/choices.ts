import { STRATEGY_NAMES, strategyOf, type StrategyName } from '../../core/strategies/strategy-of.ts'
import type { WantedDevice } from '../../engines/browser/choose-device.ts'
import { BUNDLED_MODELS, type ModelId } from '../../engines/model/bundled-models.ts'
import type { Option } from '../controls/choice.tsx'

export const STRATEGIES: readonly Option<StrategyName>[] = STRATEGY_NAMES.map((value) => {
  const { label, hint } = strategyOf(value)
  return { value, name: label, hint }
})

export const DEVICES: readonly Option<WantedDevice>[] = [
  { value: 'auto', name: 'Auto', hint: 'the quicker one' },
  { value: 'webgpu', name: 'WebGPU', hint: 'the graphics card' },
  { value: 'wasm', name: 'WASM', hint: 'the processor' },
]

const BLOCKS = [4, 8, 16, 32, 64]

function withCurrent(lengths: readonly number[], current: number): number[] {
  return [...new Set([...lengths, current])].sort((a, b) => a - b)
}

export function answerLengths(model: ModelId, current: number): Option<string>[] {
  return withCurrent(BUNDLED_MODELS[model].answerLengths, current).map((length) => ({
    value: String(length),
    name: `${length} tokens`,
  }))
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
