import type { StrategyName } from './strategies/strategy-of.ts'

/** A way of decoding as the curves name it: the strategy, and the length of its blocks where it has any. */
export function decodingName(strategy: StrategyName, block?: number): string {
  return block === undefined ? strategy : `${strategy}, blocks of ${block}`
}
