import type { Prediction } from '../../src/core/prediction.ts'
import { openPredictor } from '../../src/engines/onnx/open-predictor.ts'
import type { PassSession } from '../../src/engines/onnx/pass-session.ts'
import { unpack } from '../../src/engines/onnx/unpack.ts'
import type { Predicted } from '../../src/engines/predictor.ts'
import { createReadings } from './readings.ts'

/** A text whose prompt is told from its answer. */
export interface OpenText {
  readonly promptIds: readonly number[]
  /** At least one. */
  readonly answerIds: readonly number[]
}

export interface OpenReader {
  /** Opens the session and lets it run once. */
  prepare(): Promise<void>
  /** Predicts every position. */
  predict(text: OpenText): Promise<Prediction>
  /** Predicts the token that follows the ids. */
  next(ids: readonly number[]): Promise<Predicted>
}

export interface OpenReaderOptions {
  open(): Promise<PassSession>
  readonly topK: number
  readonly window: number
  readonly templateBefore: readonly number[]
  readonly now: () => number
}

/** Texts whose caches are kept, up to 12 MB each. */
const MOST_READINGS = 16

/** A two-way model whose prompt is read causally, as a server of single steps asks it. */
export function openReader(options: OpenReaderOptions): OpenReader {
  const { topK, window } = options
  let session: Promise<PassSession> | null = null
  const open = () => (session ??= options.open())
  const predictor = openPredictor({ ...options, open })
  const readings = createReadings(
    { roomFor: () => window, start: () => predictor.startExtension(window) },
    MOST_READINGS,
  )
  let prompt: { readonly text: string; readonly rows: Float32Array } | null = null

  /** Rows about what follows each of a prompt's ids but the last: nothing of the answer moves them. */
  async function promptRows(ids: readonly number[]): Promise<Float32Array> {
    const text = ids.join()
    if (prompt?.text !== text) {
      const { predict, empty } = await open()
      const rows = await predict({ ids, cache: empty, sight: 'causal', from: 0, to: ids.length - 1 })
      prompt = { text, rows }
    }
    return prompt.rows
  }

  return {
    prepare: () => predictor.prepare('diffusion', window),
    async predict({ promptIds, answerIds }) {
      const rows = await promptRows(promptIds)
      const { prediction } = await predictor.denoise(promptIds, Int32Array.from(answerIds))
      // Nothing stands before the first position: its row is the second's, and nobody reads it.
      const width = 2 * topK + 2
      const packed = new Float32Array(promptIds.length * width)
      packed.set(rows.subarray(0, width))
      packed.set(rows, width)
      return joined(unpack(packed, 0, promptIds.length, topK), prediction)
    },
    next: (ids) => readings.next(ids),
  }
}

/** Two predictions one behind the other. */
function joined(a: Prediction, b: Prediction): Prediction {
  const both = <T extends Int32Array | Float32Array>(of: (prediction: Prediction) => T): T => {
    const [left, right] = [of(a), of(b)]
    const all = new (left.constructor as new (length: number) => T)(left.length + right.length)
    all.set(left)
    all.set(right, left.length)
    return all
  }
  return {
    length: a.length + b.length,
    k: a.k,
    ids: both(({ ids }) => ids),
    logProbs: both(({ logProbs }) => logProbs),
    entropy: both(({ entropy }) => entropy),
  }
}
