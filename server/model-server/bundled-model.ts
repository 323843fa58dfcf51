import { performance } from 'node:perf_hooks'
import type { Prediction } from '../../src/core/prediction.ts'
import { unpack } from '../../src/engines/browser/unpack.ts'
import { createBatches } from './batches.ts'
import type { ModelToServe } from './model-to-serve.ts'
import { servedGraphs } from './served-graphs.ts'
import { openSessions } from './sessions.ts'
import { createStatistics } from './statistics.ts'

/** Added to the attention scores of padding: its weight is zero in 32-bit floats. */
const HIDDEN = -10_000

/** Larger batches gain nothing on a processor, and everybody waits for the whole of one. */
const MOST_SEQUENCES = 8
const MOST_TOKENS = 512
const MOST_WAITING = 512

const now = () => performance.now()

/** The model that ships with the page, on this machine's processor; steps of several runs go through one pass. */
export function bundledModel(folder: string, threads: number): ModelToServe {
  const { manifest, graphs, isBatched } = servedGraphs(folder)
  const { name, revision, parameters, precision, vocabulary, template, tokenizer, topK, shift } = manifest
  if (shift !== 1) throw new Error(`${name} predicts tokens in place; this server undoes a shift of one.`)
  const sessions = openSessions({ folder, threads })
  const statistics = createStatistics()
  const windowOf = (ids: readonly number[]) => graphs.find(({ window }) => window >= ids.length)!

  async function pass(sequences: readonly (readonly number[])[]): Promise<Prediction[]> {
    const { window, file } = windowOf(sequences[0]!)
    const batch = sequences.length
    const ids = new Int32Array(batch * window).fill(vocabulary.pad)
    const bias = new Float32Array(batch * window).fill(HIDDEN)
    sequences.forEach((sequence, row) => {
      ids.set(sequence, row * window)
      bias.fill(0, row * window, row * window + sequence.length)
    })
    const packed = await sessions.pass({ file, window, batch, ids, bias })
    return sequences.map((sequence, row) =>
      withFirst(unpack(packed, row * window, sequence.length - shift, topK)),
    )
  }

  /** Opens every session and lets it run once, so that the first to come doesn't pay for that. */
  async function warm(): Promise<void> {
    for (const { window } of graphs) await pass([Array<number>(window).fill(vocabulary.mask)])
  }
  let warming: Promise<void> | null = null

  const batches = createBatches({
    keyOf: (ids: readonly number[]) => windowOf(ids).window,
    mostOf: (window) =>
      isBatched ? Math.max(1, Math.min(MOST_SEQUENCES, Math.floor(MOST_TOKENS / window))) : 1,
    mostWaiting: MOST_WAITING,
    async run(sequences) {
      const begun = now()
      const predictions = await pass(sequences)
      statistics.note({ batch: sequences.length, computeMs: now() - begun })
      return predictions
    },
    now,
  })
  return {
    card: {
      version: 1,
      ...{ name, revision, parameters, precision, vocabulary, template, topK },
      window: graphs.at(-1)!.window,
      device: `CPU, onnxruntime-node, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      tokenizer: { name: tokenizer.file, sha256: tokenizer.sha256 },
      buckets: graphs.map(({ window }) => window),
    },
    async predict(ids, party, signal) {
      const done = await batches.submit(ids, party, signal)
      statistics.noteWait(done.queueMs)
      return done
    },
    warmUp: () => (warming ??= warm()),
    statistics: () => statistics.report(name),
    close: () => sessions.close(),
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
