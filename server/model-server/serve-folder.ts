import { join } from 'node:path'
import { readJsonFile } from '../read-json-file.ts'
import { bundledModel } from './bundled-model.ts'
import type { ModelToServe } from './model-to-serve.ts'
import { openModel } from './open-model.ts'

/** The model of a folder of either kind: with exported graphs, or with weights alone. */
export function serveFolder(folder: string, threads: number): ModelToServe {
  const { version } = readJsonFile(join(folder, 'manifest.json')) as { readonly version?: unknown }
  return version === 2 ? openModel(folder, threads) : bundledModel(folder, threads)
}
