import type * as Ort from 'onnxruntime-web'
import { writeRow } from '../padding.ts'
import type { Predicted } from '../predictor.ts'
import type { Manifest } from '../model/manifest.ts'
import { unpack } from './unpack.ts'

export interface DenoiseSession {
  /** Longest prompt plus answer, in tokens. */
  readonly window: number
  /** One pass over prompt and answer; the prediction's rows are the answer's positions. */
  pass(promptIds: readonly number[], answerIds: ArrayLike<number>): Promise<Predicted>
}

/** A denoising graph of one window. Its inputs are allocated once and written in place. */
export function denoiseSession(
  ort: typeof Ort,
  session: Ort.InferenceSession,
  window: number,
  { vocabulary, shift, topK }: Manifest,
  now: () => number,
): DenoiseSession {
  const ids = new Int32Array(window)
  const bias = new Float32Array(window)
  const feeds = {
    input_ids: new ort.Tensor('int32', ids, [1, window]),
    attention_bias: new ort.Tensor('float32', bias, [1, 1, 1, window]),
  }
  return {
    window,
    async pass(promptIds, answerIds) {
      const begun = now()
      writeRow({ ids, bias }, { row: 0, window, pad: vocabulary.pad }, promptIds, answerIds)
      const { packed } = await session.run(feeds)
      const data = packed!.data as Float32Array
      const passMs = now() - begun
      return { prediction: unpack(data, promptIds.length - shift, answerIds.length, topK), passMs }
    },
  }
}
