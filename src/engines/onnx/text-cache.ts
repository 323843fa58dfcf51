import type * as Ort from 'onnxruntime-web'
import type { LlamaShape } from '../graph/llama-config.ts'

/** Keys and values of a text's beginning. */
export interface TextCache {
  /** Tokens in it. */
  readonly length: number
  /** Places that a pass is given for them, of which the first `length` are filled. */
  readonly room: number
  feeds(): Record<string, Ort.Tensor>
  /** Frees what it holds on the device. */
  release(): void
}

/** Where caches are kept. */
export interface CacheStore {
  readonly empty: TextCache
  /** A cache with further rows, out of what the graph answered. */
  grown(cache: TextCache, added: Readonly<Record<string, Ort.Tensor>>, rows: number): TextCache
}

const KINDS = ['key', 'value'] as const

/**
 * Caches on a GPU: what the graph answers as `present` is the next pass's `past`; it never leaves the
 * device, and takes as many places as it has tokens.
 */
export function deviceCaches(ort: typeof Ort, shape: LlamaShape): CacheStore {
  const { layers, keyHeads, headWidth } = shape
  const cacheOf = (length: number, tensors: readonly (readonly [string, Ort.Tensor])[]): TextCache => ({
    length,
    room: length,
    feeds: () => Object.fromEntries(tensors),
    release() {
      for (const [, tensor] of tensors) if (tensor.location === 'gpu-buffer') tensor.dispose()
    },
  })
  const nothing = new ort.Tensor('float32', new Float32Array(0), [1, keyHeads, 0, headWidth])
  return {
    empty: cacheOf(
      0,
      partsOf(layers).map((part) => [`past.${part}`, nothing]),
    ),
    grown: (cache, added, rows) =>
      cacheOf(
        cache.length + rows,
        partsOf(layers).map((part) => [`past.${part}`, added[`present.${part}`]!]),
      ),
  }
}

const partsOf = (layers: number) =>
  Array.from({ length: layers }, (_, layer) => KINDS.map((kind) => `${layer}.${kind}`)).flat()

interface HostCache extends TextCache {
  /** `[keyHeads, room, headWidth]` of every layer's keys and values. */
  readonly parts: readonly Float32Array[]
}

/** A host's cache grows by so many places, since moving them anew costs as much as a token does. */
const ROOM_STEP = 32

/**
 * Caches in JavaScript's memory, for WASM: a pass copies its inputs into the heap, whatever they are, and the
 * graph answers with the new rows alone. A cache that still has room takes them in place.
 */
export function hostCaches(ort: typeof Ort, shape: LlamaShape): CacheStore {
  const { layers, keyHeads, headWidth } = shape
  const names = partsOf(layers)

  function cacheOf(length: number, room: number, parts: readonly Float32Array[]): HostCache {
    return {
      length,
      room,
      parts,
      feeds: () =>
        Object.fromEntries(
          parts.map((part, i) => [
            `past.${names[i]!}`,
            new ort.Tensor('float32', part, [1, keyHeads, room, headWidth]),
          ]),
        ),
      release: () => undefined,
    }
  }

  /** The same rows with more places behind them. */
  function widened(part: Float32Array, length: number, from: number, to: number): Float32Array {
    const wide = new Float32Array(keyHeads * to * headWidth)
    for (let head = 0; head < keyHeads; head++) {
      const start = head * from * headWidth
      wide.set(part.subarray(start, start + length * headWidth), head * to * headWidth)
    }
    return wide
  }

  return {
    empty: cacheOf(
      0,
      0,
      names.map(() => new Float32Array(0)),
    ),
    grown(cache, added, rows) {
      const { length, room, parts } = cache as HostCache
      const total = length + rows
      // One row more is a text that is being written; many are a prompt, which stays as long as it is.
      const wanted =
        rows === 1 && total > room ? Math.ceil(total / ROOM_STEP) * ROOM_STEP : Math.max(room, total)
      const grown = parts.map((part, i) => {
        const whole = wanted === room ? part : widened(part, length, room, wanted)
        // [rows, keyHeads, headWidth]
        const fresh = added[`new.${names[i]!}`]!.data as Float32Array
        for (let row = 0; row < rows; row++) {
          for (let head = 0; head < keyHeads; head++) {
            const from = (row * keyHeads + head) * headWidth
            whole.set(fresh.subarray(from, from + headWidth), (head * wanted + length + row) * headWidth)
          }
        }
        return whole
      })
      return cacheOf(total, wanted, grown)
    },
  }
}
