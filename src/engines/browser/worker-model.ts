import type { RunnableModel } from '../run.ts'
import { download } from '../fetching/download.ts'
import type { DownloadEnvironment } from '../fetching/download-environment.ts'
import { runtimeError } from '../fetching/fetch-runtime.ts'
import { loadManifest } from '../fetching/load-manifest.ts'
import { modelCard } from '../model/model-card.ts'
import type { OpenRuntime } from './runtime.ts'
import type { PieceTable } from '../model/piece-table.ts'
import type { LoadProgress } from '../progress.ts'
import { selfCheck } from '../onnx/self-check.ts'
import { createPredictor, windowOf } from '../onnx/sessions.ts'
import { createTokenizer } from '../model/tokenize.ts'

/** A model that has passed its self-check, with what the page wants to know of it. */
export interface WorkerModel extends RunnableModel {
  readonly pieces: PieceTable
  readonly notes: readonly string[]
  readonly topK: number
  readonly answerLengths: readonly number[]
  /** Positions of the default canvas. */
  readonly canvas: number
}

export interface LoadOptions {
  readonly modelUrl: string
  readonly environment: DownloadEnvironment
  readonly open: () => Promise<OpenRuntime>
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
  /** A clock in milliseconds. */
  readonly now: () => number
}

/** Downloads a model, opens it on a device and checks that the device computes it right. */
export async function loadModel({
  modelUrl,
  environment,
  open,
  onProgress,
  signal,
  now,
}: LoadOptions): Promise<WorkerModel & { readonly runtime: OpenRuntime }> {
  const manifest = await loadManifest(modelUrl, environment, signal)
  const { bytes, notes } = await download(modelUrl, manifest, environment, onProgress, signal)
  const { before, after } = manifest.template
  const tokenizer = createTokenizer(JSON.parse(new TextDecoder().decode(bytes.get(manifest.tokenizer.file))))

  onProgress({ phase: 'compile', what: 'the runtime' })
  const runtime = await open().catch((error: unknown) => {
    throw runtimeError(error, environment.online(), signal)
  })
  signal.throwIfAborted()
  const predictor = createPredictor(runtime, { manifest, bytes }, now)
  onProgress({ phase: 'compile', what: 'the diffusion graph' })
  const shortest = before.length + after.length + manifest.canvas.default
  await predictor.prepare('diffusion', shortest)
  signal.throwIfAborted()
  onProgress({ phase: 'compile', what: 'the autoregressive graph' })
  await predictor.prepare('autoregressive', shortest)
  signal.throwIfAborted()
  onProgress({ phase: 'self-check' })
  await selfCheck(predictor, manifest, runtime.device)

  return {
    card: modelCard(manifest),
    device: runtime.device,
    vocabulary: manifest.vocabulary,
    window: windowOf(manifest),
    predictor,
    encodePrompt: (prompt) => [...before, ...tokenizer.encode(prompt), ...after],
    pieces: tokenizer.pieces,
    notes,
    topK: manifest.topK,
    answerLengths: manifest.canvas.choices,
    canvas: manifest.canvas.default,
    runtime,
  }
}
