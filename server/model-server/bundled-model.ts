import { performance } from 'node:perf_hooks'
import type { Prediction } from '../../src/core/prediction.ts'
import { unpack } from '../../src/engines/onnx/unpack.ts'
import { writeRow } from '../../src/engines/padding.ts'
import { createBatches, type Done } from './batches.ts'
import type { ModelToServe } from './model-to-serve.ts'
import type { Party } from './rotation.ts'
import { servedGraphs } from './served-graphs.ts'
import { openSessions } from './sessions.ts'
import { createStatistics } from './statistics.ts'

/** Larger batches gain nothing on a processor, and everybody waits for the whole of one: also who came after it. */
const MOST_SEQUENCES = 8
const MOST_TOKENS = 192
const MOST_WAITING = 512

const now = () => performance.now()

interface Step {
  readonly ids: readonly number[]
  /** Whether it is read from left to right, for the one token that follows. */
  readonly causal: boolean
}

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
    const ids = new Int32Array(batch * window)
    const bias = new Float32Array(batch * window)
    sequences.forEach((sequence, row) =>
      writeRow({ ids, bias }, { row, window, pad: vocabulary.pad }, sequence),
    )
    const packed = await sessions.pass({ file, window, batch, ids, bias })
    return sequences.map((sequence, row) =>
      withFirst(unpack(packed, row * window, sequence.length - shift, topK)),
    )
  }

  /** Opens every session and lets it run once, so that the first to come doesn't pay for that. */
  async function warm(): Promise<void> {
    for (const { window } of graphs) await pass([Array<number>(window).fill(vocabulary.mask)])
    await sessions.next([...template.before, ...template.after])
  }
  let warming: Promise<void> | null = null

  /** Texts read from left to right go alone: each continues a cache of its own. */
  const ALONE = 0
  const batches = createBatches({
    keyOf: ({ ids, causal }: Step) => (causal ? ALONE : windowOf(ids).window),
    mostOf: (window) =>
      isBatched && window !== ALONE
        ? Math.max(1, Math.min(MOST_SEQUENCES, Math.floor(MOST_TOKENS / window)))
        : 1,
    mostWaiting: MOST_WAITING,
    async run(steps) {
      const begun = now()
      const predictions = steps[0]!.causal
        ? [(await sessions.next(steps[0]!.ids)).prediction]
        : await pass(steps.map(({ ids }) => ids))
      statistics.note({ batch: steps.length, computeMs: now() - begun })
      return predictions
    },
    now,
  })
  async function submit(step: Step, party: Party, signal: AbortSignal): Promise<Done<Prediction>> {
    const done = await batches.submit(step, party, signal)
    statistics.noteWait(done.queueMs)
    return done
  }
  return {
    card: {
      version: 1,
      ...{ name, revision, parameters, precision, vocabulary, template, topK },
      window: graphs.at(-1)!.window,
      decoders: ['diffusion', 'autoregressive'],
      ends: 'sure',
      tolerance: 2e-3,
      device: `CPU, onnxruntime-node, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      tokenizer: { name: tokenizer.file, sha256: tokenizer.sha256 },
      buckets: graphs.map(({ window }) => window),
    },
    predict: (ids, party, signal) => submit({ ids, causal: false }, party, signal),
    next: (ids, party, signal) => submit({ ids, causal: true }, party, signal),
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
