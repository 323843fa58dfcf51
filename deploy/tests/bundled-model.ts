import { fileURLToPath } from 'node:url'
import { loadNodeModel, type NodeModel } from '../../src/engines/node/node-predictor.ts'
import { openOipModel } from '../../src/engines/remote/oip-client.ts'
import { remoteModel } from '../../src/engines/remote/remote-model.ts'
import type { RunnableModel } from '../../src/engines/runnable-model.ts'

export const NAME = 'diffuscope-small'

const FOLDER = fileURLToPath(new URL('../../public/models/small', import.meta.url))

export const live = () => new AbortController().signal

/** The bundled model as the page has it without a GPU. */
export function modelHere(): NodeModel {
  return loadNodeModel(FOLDER, { threads: 1 })
}

/** The same on a server. */
export async function modelAt(url: string, here: NodeModel): Promise<RunnableModel> {
  const model = await openOipModel({ url, model: NAME, fetch }, live())
  const { tokenizer, topK } = here.manifest
  const known = { sha256: tokenizer.sha256, encode: here.tokenizer.encode }
  const options = { topK, signal: live() }
  return remoteModel(model, known, options)
}

/** The address of the server under test. */
export function serverUrl(): string {
  const url = process.env['SERVER_URL']
  if (url === undefined) throw new Error('Start these tests with npm run test:triton or test:mlserver.')
  return url
}
