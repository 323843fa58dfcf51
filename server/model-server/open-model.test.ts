import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMANDS, openServer, type ServerUnderTest } from '../../scripts/conformance/suite.ts'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../src/core/default-settings.ts'
import { nodeRuntime } from '../../src/engines/node/node-predictor.ts'
import { readOpenFolder } from '../../src/engines/node/open-folder.ts'
import { openRunnable } from '../../src/engines/onnx/open-runnable.ts'
import { remoteModel } from '../../src/engines/remote/remote-model.ts'
import type { RunRequest } from '../../src/engines/run-request.ts'
import { runSteps } from '../../src/engines/run.ts'
import type { RunnableModel } from '../../src/engines/runnable-model.ts'
import { createModelServer } from './create-model-server.ts'
import { serveFolder } from './serve-folder.ts'
import { splitText } from './open-model.ts'

const FOLDER = fileURLToPath(new URL('../../src/engines/graph/goldens/int4', import.meta.url))

const folder = readOpenFolder(FOLDER)
/** The tiny model knows no words: each letter is an id. */
const tokenizer = {
  encode: (text: string) => Array.from(text, (letter) => 40 + (letter.charCodeAt(0) % 100)),
}
const local = openRunnable(
  { ...folder, tokenizer: tokenizer as never },
  nodeRuntime(1),
  { backend: 'cpu', label: 'here' },
  () => performance.now(),
)
const served = serveFolder(FOLDER, 1)
const server = createModelServer(served)
let opened: ServerUnderTest
let remote: RunnableModel
const signal = new AbortController().signal
beforeAll(async () => {
  await served.warmUp()
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  opened = await openServer(url, folder.manifest.name)
  const known = { ...tokenizer, sha256: folder.manifest.tokenizer.sha256 }
  remote = remoteModel(opened.model, known, { topK: folder.manifest.topK, signal })
}, 60_000)
afterAll(() => server.close())

async function commits(model: RunnableModel, request: RunRequest) {
  const all: (readonly [position: number, id: number])[][] = []
  for await (const { event } of runSteps(model, request, { signal, now: () => performance.now() })) {
    if (event.kind === 'step') all.push(event.step.commits.map(({ position, id }) => [position, id] as const))
  }
  return all
}

describe('a model whose prompt is read from left to right, served', () => {
  it.each(Object.entries(DEMANDS))('%s', async (_, demand) => demand(opened))

  it('says when ends of sequence are decided', () => {
    expect(opened.model.card.ends).toBe(folder.manifest.ends)
  })

  it.each(['What grows here?', 'Another one'])(
    'commits the very tokens of a run here: %s',
    async (prompt) => {
      const diffusion: RunRequest = {
        decoder: 'diffusion',
        prompt,
        settings: { ...defaultDiffusionSettings(16), temperature: 0.7, seed: 3 },
      }
      expect(await commits(remote, diffusion)).toEqual(await commits(local, diffusion))
      const autoregressive: RunRequest = {
        decoder: 'autoregressive',
        prompt,
        settings: { ...defaultAutoregressiveSettings(12), temperature: 0.7 },
      }
      expect(await commits(remote, autoregressive)).toEqual(await commits(local, autoregressive))
    },
  )

  it('refuses a step without the end of its template', async () => {
    const response = await fetch(`${opened.url}/v2/models/${opened.name}/infer`, {
      method: 'POST',
      body: JSON.stringify({
        inputs: ['input_ids', 'attention_mask'].map((name) => ({
          ...{ name, datatype: 'INT64', shape: [1, 4] },
          data: name === 'input_ids' ? [1, 30, 31, 50] : [1, 1, 1, 1],
        })),
      }),
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('template’s last ids (2, 32)')
  })

  it('takes the last end of the template for the prompt’s', () => {
    expect(splitText([1, 2, 32, 7, 2, 32, 5, 5], [2, 32])).toEqual({
      promptIds: [1, 2, 32, 7, 2, 32],
      answerIds: [5, 5],
    })
  })
})
