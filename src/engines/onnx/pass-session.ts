import type * as Ort from 'onnxruntime-web'
import type { LlamaShape } from '../graph/llama-config.ts'
import { attentionBias, type Sight } from './attention-bias.ts'
import type { CacheStore, TextCache } from './text-cache.ts'

/** Rows of a text that one forward pass reads. */
interface Pass {
  readonly ids: ArrayLike<number>
  /** What stands before them; they count their positions from its length. */
  readonly cache: TextCache
  /** Whether a row sees those of its own pass that stand right of it. */
  readonly sight: Sight
  /** The rows that are predicted from: the first, and the one behind the last. */
  readonly from: number
  readonly to: number
}

export interface PassSession {
  readonly empty: TextCache
  /** Predicts from a pass's rows: `packed`, `[to - from, 2k + 2]`. The cache stays what it was. */
  predict(pass: Pass): Promise<Float32Array>
  /** The same, and the cache with the rows in it. The old one is of use as long as it isn't released. */
  read(pass: Pass): Promise<{ readonly packed: Float32Array; readonly cache: TextCache }>
}

/**
 * One session of the graph that `llamaGraph` writes with a cache: an autoregressive token, a prompt, a whole
 * canvas, a block on the cache, a draft and its check are all passes of it.
 */
export function passSession(
  ort: typeof Ort,
  session: Ort.InferenceSession,
  { heads, keyHeads }: LlamaShape,
  store: CacheStore,
): PassSession {
  const group = heads / keyHeads

  function feedsOf({ ids, cache, sight, from, to }: Pass): Record<string, Ort.Tensor> {
    const rows = ids.length
    const bias = attentionBias(rows, cache, sight, group)
    const asked = Int32Array.from({ length: to - from }, (_, i) => from + i)
    const positions = BigInt64Array.from({ length: rows }, (_, i) => BigInt(cache.length + i))
    return {
      ids: new ort.Tensor('int32', Int32Array.from(ids), [1, rows]),
      positions: new ort.Tensor('int64', positions, [1, rows]),
      bias: new ort.Tensor('float32', bias, [1, 1, rows * group, cache.room + rows]),
      asked: new ort.Tensor('int32', asked, [asked.length]),
      ...cache.feeds(),
    }
  }

  return {
    empty: store.empty,
    async predict(pass) {
      const { packed } = await session.run(feedsOf(pass), ['packed'])
      return packed!.data as Float32Array
    },
    async read(pass) {
      const { packed, ...added } = await session.run(feedsOf(pass))
      const data = packed!.data as Float32Array
      return { packed: data, cache: store.grown(pass.cache, added, pass.ids.length) }
    },
  }
}
