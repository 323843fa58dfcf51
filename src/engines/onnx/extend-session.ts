import type * as Ort from 'onnxruntime-web'
import type { Extension } from '../predictor.ts'
import type { Manifest } from '../model/manifest.ts'
import { unpack } from './unpack.ts'

export interface ExtendSession {
  /** Longest prompt plus answer, in tokens. */
  readonly window: number
  /** How many tokens a cache for `tokens` has room for. */
  roomFor(tokens: number): number
  /** An empty cache for at most so many tokens, which may not exceed `window`. */
  start(tokens: number): Extension
}

/**
 * A cache's room is a multiple of this: in WASM a token costs what moving its cache costs, and each
 * size is compiled for anew on a GPU.
 */
const ROOM_STEP = 32

/**
 * The autoregressive graph. What it has read stays in `present`, which is the next pass's `past`: on a
 * GPU it never leaves the device (the session must keep `present` there), in WASM it is passed by reference.
 */
export function extendSession(
  ort: typeof Ort,
  session: Ort.InferenceSession,
  { topK, graphs, vocabulary }: Manifest,
  now: () => number,
): ExtendSession {
  // The embedding of a token looks at the ids before it, so the graph is given those, too.
  const { window, context: before, cache: largest } = graphs.extend
  const nothing = Array<number>(before).fill(vocabulary.pad)
  const token = new Int32Array(before + 1)
  const place = new Int32Array(1)
  const tokenTensor = new ort.Tensor('int32', token, [1, before + 1])
  const placeTensor = new ort.Tensor('int32', place, [1])

  /** The graph's inputs for new ids that stand at `length`; those of one token are written in place. */
  function inputs(ids: readonly number[], context: readonly number[], length: number) {
    if (ids.length === 1) {
      token.set(context)
      token[before] = ids[0]!
      place[0] = length
      return { input_ids: tokenTensor, positions: placeTensor }
    }
    const positions = Int32Array.from(ids, (_, i) => length + i)
    return {
      input_ids: new ort.Tensor('int32', Int32Array.from([...context, ...ids]), [1, before + ids.length]),
      positions: new ort.Tensor('int32', positions, [ids.length]),
    }
  }

  const roomFor = (tokens: number) => Math.min(window, Math.ceil(tokens / ROOM_STEP) * ROOM_STEP)

  function start(tokens: number): Extension {
    const room = roomFor(tokens)
    const shape = largest.with(-2, room)
    const zeros = new ort.Tensor('float32', new Float32Array(shape.reduce((a, b) => a * b)), shape)
    const slots = new ort.Tensor(
      'int32',
      Int32Array.from({ length: room }, (_, i) => i),
      [room],
    )
    let past: Ort.Tensor = zeros
    let length = 0
    let context: readonly number[] = nothing
    // A token may be copied from anywhere, so the graph is given the ids of all that the cache holds.
    const history = new Int32Array(room).fill(vocabulary.pad)
    const historyTensor = new ort.Tensor('int32', history, [1, room])
    const free = (tensor: Ort.Tensor) => {
      if (tensor.location === 'gpu-buffer') tensor.dispose()
    }
    return {
      async extend(ids) {
        const begun = now()
        const { packed, present } = await session.run({
          ...inputs(ids, context, length),
          slots,
          history: historyTensor,
          past,
        })
        free(past)
        past = present!
        history.set(ids, length)
        length += ids.length
        context = [...context, ...ids].slice(ids.length)
        const data = packed!.data as Float32Array
        const passMs = now() - begun
        return { prediction: unpack(data, 0, 1, topK), passMs }
      },
      release() {
        free(past)
        past = zeros
        length = 0
        context = nothing
        history.fill(vocabulary.pad)
      },
    }
  }
  return { window, roomFor, start }
}
