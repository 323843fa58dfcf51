import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Pieces } from '../../trace/pieces.ts'
import { llamaShape, type LlamaShape } from '../graph/llama-config.ts'
import type { Forms } from '../graph/llama-graph.ts'
import { parseOpenManifest, type OpenManifest } from '../graph/open-manifest.ts'
import { storedWeights, type StoredWeights } from '../graph/stored-weights.ts'
import { weightsStream, type Shard } from '../graph/weights-stream.ts'
import { piecesOf } from '../model/piece-table.ts'
import { createTokenizer } from '../model/tokenize.ts'
import { openPredictor } from '../onnx/open-predictor.ts'
import { openSession } from '../onnx/open-session.ts'
import type { Runtime } from '../onnx/sessions.ts'
import type { RunnableModel } from '../run.ts'
import { nodeRuntime } from './node-predictor.ts'

/** A model's folder, with weights that are read from the disk when they are asked for. */
export interface OpenFolder {
  readonly manifest: OpenManifest
  readonly shape: LlamaShape
  readonly weights: StoredWeights
}

function shardOnDisk(path: string, bytes: number): Shard {
  return {
    bytes,
    read(offset, length) {
      const file = openSync(path, 'r')
      try {
        const content = new Uint8Array(length)
        readSync(file, content, 0, length, offset)
        return content
      } finally {
        closeSync(file)
      }
    },
  }
}

/** Reads what a model's folder says of it. Throws an `EngineError` where that can't be run. */
export function readOpenFolder(folder: string): OpenFolder {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const manifest = parseOpenManifest(json('manifest.json'))
  const shards = manifest.weights.map(({ file, bytes }) => shardOnDisk(join(folder, file), bytes))
  return {
    manifest,
    shape: llamaShape(json(manifest.config.file)),
    weights: storedWeights(manifest.tensors, weightsStream(shards)),
  }
}

interface OpenModel extends RunnableModel {
  readonly pieces: Pieces
}

/** A folder's model in Node, on onnxruntime's WASM. One model's passes must not overlap. */
function loadOpenModel(
  folder: string,
  { threads, forms }: { readonly threads: number; readonly forms?: Forms },
): OpenModel {
  const { manifest, shape, weights } = readOpenFolder(folder)
  const tokenizer = createTokenizer(JSON.parse(readFileSync(join(folder, manifest.tokenizer.file), 'utf8')))
  const { topK, window, name, revision, parameters, precision } = manifest
  const { before, after } = manifest.template
  const runtime: Runtime = nodeRuntime(threads)
  return {
    card: { name, revision, parameters, precision },
    device: {
      backend: 'cpu',
      label: `WASM in Node, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      threads,
    },
    vocabulary: manifest.vocabulary,
    window,
    predictor: openPredictor({
      open: () => openSession(runtime, { shape, weights, window, topK, ...(forms && { forms }) }),
      topK,
      templateBefore: before,
      now: () => performance.now(),
    }),
    pieces: piecesOf(tokenizer.pieces),
    encodePrompt: (prompt) => [...before, ...tokenizer.encode(prompt), ...after],
  }
}
