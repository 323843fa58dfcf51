import { fileURLToPath } from 'node:url'
import * as ort from 'onnxruntime-web'
import { describe, expect, it } from 'vitest'
import { nodeRuntime, readModelFolder } from '../node/node-predictor.ts'
import { floatsAtLoad } from './floats-at-load.ts'

const folder = fileURLToPath(new URL('../../../public/models/small', import.meta.url))
const { manifest, bytes } = readModelFolder(folder)
const path = manifest.weights.file
const stored = bytes.get(path)!
const { file, window } = manifest.graphs.denoise[0]!
const { sessionOptions } = nodeRuntime(1)

async function packed(graph: Uint8Array, weights: Uint8Array): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(graph, {
    ...sessionOptions,
    externalData: [{ path, data: weights }],
  })
  const ids = Int32Array.from({ length: window }, (_, i) => 5 + ((i * 37) % 900))
  const output = await session.run({
    input_ids: new ort.Tensor('int32', ids, [1, window]),
    attention_bias: new ort.Tensor('float32', new Float32Array(window), [1, 1, 1, window]),
  })
  await session.release()
  return output['packed']!.data as Float32Array
}

describe('a graph whose matrices become floats as it is opened', () => {
  it.each(['floats', 'bytes'] as const)(
    'computes what the stored graph computes, to the last bit (%s)',
    async (lookUp) => {
      const { graph, weights } = floatsAtLoad(bytes.get(file)!, stored, path, lookUp)
      expect(await packed(graph, weights)).toEqual(await packed(bytes.get(file)!, stored))
    },
  )

  it('has no node left that turns bytes into floats', () => {
    for (const { file } of [...manifest.graphs.denoise, manifest.graphs.extend]) {
      const { graph } = floatsAtLoad(bytes.get(file)!, stored, path, 'floats')
      expect(new TextDecoder('latin1').decode(graph)).not.toContain('.bytes')
    }
  })

  it('leaves a graph as it is that stores nothing in bytes', () => {
    const once = floatsAtLoad(bytes.get(file)!, stored, path, 'floats').graph
    expect(floatsAtLoad(once, stored, path, 'floats').graph).toEqual(once)
  })

  it('refuses what is no graph', () => {
    expect(() => floatsAtLoad(Uint8Array.of(0x0a, 9, 1), stored, path, 'floats')).toThrow(
      'ends within a field',
    )
    expect(() => floatsAtLoad(Uint8Array.of(0x0f, 9), stored, path, 'floats')).toThrow('unknown type')
  })
})
