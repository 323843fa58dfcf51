import type * as Ort from 'onnxruntime-web'
import { expect, it } from 'vitest'
import type { LlamaShape } from '../graph/llama-config.ts'
import { hostCaches, type TextCache } from './text-cache.ts'

const shape = { layers: 1, keyHeads: 1, headWidth: 1 } as LlamaShape
class Tensor {
  constructor(
    readonly type: string,
    readonly data: Float32Array,
    readonly dims: readonly number[],
  ) {}
}
const store = hostCaches({ Tensor } as unknown as typeof Ort, shape)

/** What the graph answers with for rows of one number each. */
const rows = (...values: number[]) => {
  const data = Float32Array.from(values)
  return { 'new.0.key': { data }, 'new.0.value': { data } } as unknown as Record<string, Ort.Tensor>
}
const keysOf = (cache: TextCache) =>
  Array.from((cache.feeds()['past.0.key'] as unknown as Tensor).data).slice(0, cache.length)

it('two texts that begin alike do not write into each other, however much room their beginning has', () => {
  const begun = store.grown(store.empty, rows(1), 1)
  const one = store.grown(begun, rows(2, 3), 2)
  const other = store.grown(begun, rows(7, 8), 2)
  const longer = store.grown(one, rows(4), 1)
  expect([begun, one, other, longer].map(keysOf)).toEqual([[1], [1, 2, 3], [1, 7, 8], [1, 2, 3, 4]])
})
