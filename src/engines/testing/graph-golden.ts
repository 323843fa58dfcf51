import { openPredictor } from '../onnx/open-predictor.ts'
import type { PassSession } from '../onnx/pass-session.ts'
import { unpack } from '../onnx/unpack.ts'
import type { TextCache } from '../onnx/text-cache.ts'

/** What PyTorch answers, written by `model/open_world/write_graph_goldens.py`. */
export interface GraphGolden {
  readonly denoise: Asked<{ promptIds: readonly number[]; answerIds: readonly number[] }>
  readonly extend: Asked<{ promptIds: readonly number[]; nextIds: readonly number[] }>
  /** On the cache of prompt and next ids but for the last, which is the block's first row. */
  readonly block: Asked<{ ids: readonly number[] }>
}

type Asked<T> = Readonly<T> & { readonly packed: readonly (readonly number[])[] }

export interface Distances {
  readonly canvas: number
  readonly text: number
  readonly block: number
}

/** How far a session is from PyTorch, in nats; infinite where it names other tokens. */
export async function goldenDistances(
  passes: PassSession,
  { denoise, extend, block }: GraphGolden,
  before: readonly number[],
  topK: number,
): Promise<Distances> {
  const predictor = openPredictor({
    open: () => Promise.resolve(passes),
    topK,
    templateBefore: before,
    now: () => 0,
  })
  const answer = Int32Array.from(denoise.answerIds)
  const { prediction } = await predictor.denoise(denoise.promptIds, answer)
  const expected = unpack(Float32Array.from(denoise.packed.flat()), 0, answer.length, topK)
  const canvas = prediction.ids.every((id, i) => id === expected.ids[i])
    ? Math.max(
        furthest(prediction.logProbs, expected.logProbs),
        furthest(prediction.entropy, expected.entropy),
      )
    : Infinity

  const one = (id: number, cache: TextCache) =>
    passes.read({ ids: [id], cache, sight: 'causal', from: 0, to: 1 })
  let cache = passes.empty
  for (const id of before) ({ cache } = await one(id, cache))
  const ids = extend.promptIds.slice(before.length)
  const rows = { ids, cache, sight: 'causal', from: ids.length - 1, to: ids.length } as const
  const prompt = await passes.read(rows)
  const off = [packedDistance(prompt.packed, extend.packed.slice(0, 1), topK)]
  cache = prompt.cache
  let last = cache
  for (const [i, id] of extend.nextIds.entries()) {
    last = cache
    const step = await one(id, cache)
    cache = step.cache
    off.push(packedDistance(step.packed, extend.packed.slice(i + 1, i + 2), topK))
  }
  const to = block.packed.length
  const blockPacked = await passes.predict({ ids: block.ids, cache: last, sight: 'all', from: 0, to })
  return { canvas, text: Math.max(...off), block: packedDistance(blockPacked, block.packed, topK) }
}

const furthest = (a: Float32Array, b: ArrayLike<number>) =>
  a.reduce((far, value, i) => Math.max(far, Math.abs(value - b[i]!)), 0)

function packedDistance(got: Float32Array, expected: readonly (readonly number[])[], topK: number): number {
  const flat = expected.flat()
  if (got.length !== flat.length) return Infinity
  const width = 2 * topK + 2
  const isId = (i: number) => i % width >= topK && i % width < 2 * topK
  return flat.some((id, i) => isId(i) && got[i] !== id) ? Infinity : furthest(got, flat)
}
