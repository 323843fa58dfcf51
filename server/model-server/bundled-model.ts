import type { Prediction } from '../../src/core/prediction.ts'
import { loadNodeModel } from '../../src/engines/node/node-predictor.ts'
import type { ModelToServe } from './model-to-serve.ts'

/** The model that ships with the page, on this machine's processor. One pass after the other. */
export function bundledModel(folder: string, threads: number): ModelToServe {
  const { manifest, device, predictor, window } = loadNodeModel(folder, { threads })
  const { name, revision, parameters, precision, vocabulary, template, tokenizer, graphs, topK } = manifest
  let previous: Promise<unknown> = Promise.resolve()
  return {
    card: {
      version: 1,
      ...{ name, revision, parameters, precision, vocabulary, template, window, topK },
      device: device.label,
      tokenizer: { name: tokenizer.file, sha256: tokenizer.sha256 },
      buckets: graphs.denoise.map((graph) => graph.window),
    },
    predict(ids) {
      // Passes of one session must not overlap.
      const pass = previous.then(() => predictor.denoise(ids.slice(0, 1), Int32Array.from(ids.slice(1))))
      previous = pass.catch(() => undefined)
      return pass.then(({ prediction }) => withFirst(prediction))
    },
  }
}

/**
 * Rows about all positions, where the model gave none about the first one: it predicts what follows. The first
 * row is the second's, as in Dream's reference code; a prompt stands there, and nobody reads it.
 */
function withFirst({ length, k, ids, logProbs, entropy }: Prediction): Prediction {
  const grown = <T extends Int32Array | Float32Array>(rows: T, width: number, all: T): T => {
    all.set(rows.subarray(0, width))
    all.set(rows, width)
    return all
  }
  const size = (length + 1) * k
  return {
    length: length + 1,
    k,
    ids: grown(ids, k, new Int32Array(size)),
    logProbs: grown(logProbs, k, new Float32Array(size)),
    entropy: grown(entropy, 1, new Float32Array(length + 1)),
  }
}
