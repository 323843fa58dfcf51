import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import * as ort from 'onnxruntime-web'
import type { Device, ModelCard, TraceEvent } from '../../trace/trace.ts'
import type { Pieces } from '../../trace/pieces.ts'
import { decodeText } from '../decode-text.ts'
import { filesOf } from '../fetching/download.ts'
import { parseManifest } from '../fetching/load-manifest.ts'
import type { Manifest } from '../model/manifest.ts'
import { modelCard } from '../model/model-card.ts'
import { piecesOf } from '../model/piece-table.ts'
import { createPredictor, windowOf, type ModelFiles, type Runtime } from '../onnx/sessions.ts'
import { createTokenizer, type PromptTokenizer } from '../model/tokenize.ts'
import type { RunRequest } from '../run-request.ts'
import { runSteps } from '../run.ts'
import type { RunnableModel } from '../runnable-model.ts'

/** A model in Node, with its parts for those who look inside. */
export interface NodeModel extends RunnableModel {
  readonly manifest: Manifest
  readonly tokenizer: PromptTokenizer
  readonly pieces: Pieces
}

/** A model folder, read from disk. A manifest of one's own may leave graphs out. */
export function readModelFolder(folder: string, manifest = readManifest(folder)): ModelFiles {
  const read = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
  return { manifest, bytes: new Map(filesOf(manifest).map(({ file }) => [file, read(file)])) }
}

function readManifest(folder: string): Manifest {
  return parseManifest(JSON.parse(decodeText(readFileSync(join(folder, 'manifest.json')))))
}

/** onnxruntime's WASM in Node: the kernels that a page without WebGPU runs. */
export function nodeRuntime(threads: number): Runtime {
  ort.env.wasm.numThreads = threads
  ort.env.logLevel = 'error'
  return {
    ort,
    sessionOptions: { executionProviders: ['wasm'] },
    cacheOnDevice: false,
    weightsByTensor: true,
  }
}

/**
 * Loads a model folder. One model's passes must not overlap.
 *
 * @param options.threads fixed by the first call of the process
 * @param options.native a runtime that is used instead of WASM
 */
export function loadNodeModel(
  folder: string,
  {
    threads,
    manifest: given,
    native,
  }: { readonly threads: number; readonly manifest?: Manifest; readonly native?: Runtime },
): NodeModel {
  const files = readModelFolder(folder, given)
  const { manifest, bytes } = files
  const { before, after } = manifest.template
  const tokenizer = createTokenizer(JSON.parse(new TextDecoder().decode(bytes.get(manifest.tokenizer.file))))
  const card: ModelCard = modelCard(manifest)
  const device: Device = {
    backend: 'cpu',
    label: `${native ? 'native kernels' : 'WASM'} in Node, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    threads,
  }
  return {
    manifest,
    tokenizer,
    card,
    device,
    vocabulary: manifest.vocabulary,
    window: windowOf(manifest),
    predictor: createPredictor(native ?? nodeRuntime(threads), files, () => performance.now()),
    pieces: piecesOf(tokenizer.pieces),
    encodePrompt: (prompt) => [...before, ...tokenizer.encode(prompt), ...after],
    encodeText: (text) => tokenizer.encode(text),
    askForGaps: (text) => `Fill in the gap: ${text}`,
  }
}

/** Runs a request in Node, one step a pull. Throws an `EngineError`, or what onnxruntime throws. */
export async function* runInNode(
  model: RunnableModel,
  request: RunRequest,
  signal: AbortSignal,
): AsyncGenerator<TraceEvent> {
  for await (const { event } of runSteps(model, request, { signal, now: () => performance.now() }))
    yield event
}
