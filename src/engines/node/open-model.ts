import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Pieces } from '../../trace/pieces.ts'
import { piecesOf } from '../model/piece-table.ts'
import { createTokenizer } from '../model/tokenize.ts'
import { openRunnable } from '../onnx/open-runnable.ts'
import type { RunnableModel } from '../runnable-model.ts'
import { loadNodeModel, nodeRuntime } from './node-predictor.ts'
import { readOpenFolder } from './open-folder.ts'

/** A model in Node, with the bytes of its tokens. */
export interface ReadableModel extends RunnableModel {
  readonly pieces: Pieces
}

/** A model whose graph is written here, in Node, on onnxruntime's WASM. One model's passes must not overlap. */
function loadOpenModel(folder: string, threads: number): ReadableModel {
  const { manifest, shape, weights } = readOpenFolder(folder)
  const tokenizer = createTokenizer(JSON.parse(readFileSync(join(folder, manifest.tokenizer.file), 'utf8')))
  const label = `WASM in Node, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
  const device = { backend: 'cpu', label, threads } as const
  const files = { manifest, shape, weights, tokenizer }
  const model = openRunnable(files, nodeRuntime(threads), device, () => performance.now())
  return { ...model, pieces: piecesOf(tokenizer.pieces) }
}

/**
 * Loads a model's folder of either kind: with exported graphs, or with weights alone.
 *
 * @param threads fixed by the first call of the process
 */
export function loadFolder(folder: string, threads: number): ReadableModel {
  const { version } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { version?: unknown }
  return version === 2 ? loadOpenModel(folder, threads) : loadNodeModel(folder, { threads })
}
