import type { RunnableModel } from '../runnable-model.ts'
import { download, type Downloaded } from '../fetching/download.ts'
import type { DownloadEnvironment } from '../fetching/download-environment.ts'
import { megabytes } from '../fetching/fetch-bytes.ts'
import { runtimeError } from '../fetching/fetch-runtime.ts'
import { loadManifest, type AnyManifest } from '../fetching/load-manifest.ts'
import { timeLeft } from '../fetching/time-left.ts'
import { modelCard } from '../model/model-card.ts'
import type { OpenRuntime } from './runtime.ts'
import type { PieceTable } from '../model/piece-table.ts'
import type { LoadProgress } from '../progress.ts'
import { selfCheck, type Tolerance } from '../onnx/self-check.ts'
import { createPredictor, windowOf } from '../onnx/sessions.ts'
import { createTokenizer, type PromptTokenizer } from '../model/tokenize.ts'

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
  const told = timeLeft(onProgress, now)
  const { bytes, notes } = await download(modelUrl, manifest, environment, told, signal)
  const tokenizer = createTokenizer(JSON.parse(new TextDecoder().decode(bytes.get(manifest.tokenizer.file))))

  onProgress({ phase: 'compile', what: 'the runtime' })
  const runtime = await open().catch((error: unknown) => {
    throw runtimeError(error, environment.online(), signal)
  })
  signal.throwIfAborted()
  const { tolerance, ...model } = await runnableOf({ manifest, bytes, tokenizer, runtime, now, onProgress })
  const { before, after } = manifest.template
  const shortest = before.length + after.length + manifest.canvas.default
  onProgress({ phase: 'compile', what: 'the diffusion graph' })
  await model.predictor.prepare('diffusion', shortest)
  signal.throwIfAborted()
  onProgress({ phase: 'compile', what: 'the autoregressive graph' })
  await model.predictor.prepare('autoregressive', shortest)
  signal.throwIfAborted()
  onProgress({ phase: 'self-check' })
  await selfCheck(model.predictor, manifest, runtime.device, tolerance)

  return {
    ...model,
    pieces: tokenizer.pieces,
    notes,
    topK: manifest.topK,
    answerLengths: manifest.canvas.choices,
    canvas: manifest.canvas.default,
    runtime,
  }
}

interface Parts {
  readonly manifest: AnyManifest
  readonly bytes: Downloaded['bytes']
  readonly tokenizer: PromptTokenizer
  readonly runtime: OpenRuntime
  readonly now: () => number
  readonly onProgress: (progress: LoadProgress) => void
}

/** Progress is told this often, in bytes. */
const TELL_EVERY = 4_000_000

/** A folder's model on its device, and how exactly the form that it is computed in has to be right. */
async function runnableOf({
  manifest,
  bytes,
  tokenizer,
  runtime,
  now,
  onProgress,
}: Parts): Promise<RunnableModel & { readonly tolerance?: Tolerance | undefined }> {
  const { device } = runtime
  if (manifest.version === 2) {
    let toldOf = 0
    const { openFiles } = await import('../onnx/open-files.ts')
    const { openRunnable, toleranceOf } = await import('../onnx/open-runnable.ts')
    // Rounding and packing takes a slow processor long, and a worker that says nothing counts as crashed.
    const files = openFiles(manifest, bytes, tokenizer, (read) => {
      if (read - toldOf < TELL_EVERY) return
      toldOf = read
      onProgress({ phase: 'compile', what: `the weights, ${megabytes(read)}` })
    })
    return { ...openRunnable(files, runtime, device, now), tolerance: toleranceOf(runtime) }
  }
  const { before, after } = manifest.template
  return {
    card: modelCard(manifest),
    device,
    vocabulary: manifest.vocabulary,
    window: windowOf(manifest),
    predictor: createPredictor(runtime, { manifest, bytes }, now),
    encodePrompt: (prompt) => [...before, ...tokenizer.encode(prompt), ...after],
    encodeText: (text) => tokenizer.encode(text),
    askForGaps: (text) => `Fill in the gap: ${text}`,
  }
}
