import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readOpenFolder } from '../node/open-folder.ts'
import { allIn, llamaGraph } from './llama-graph.ts'

const folder = fileURLToPath(new URL('goldens/int4', import.meta.url))
const { shape, weights } = readOpenFolder(folder)

it('writes the models that model/tests/test_written_graphs.py has Python’s onnx check', async () => {
  for (const [file, form, cache] of [
    ['denoiser', 'float32', 'none'],
    ['pass-8', 'int8', 'rows'],
    ['pass-4', 'int4', 'grown'],
  ] as const) {
    const { bytes } = llamaGraph({ shape, weights, forms: allIn(form), cache, window: 48, topK: 4 })
    const text = Buffer.from(bytes).toString('base64')
    await expect(text).toMatchFileSnapshot(`goldens/${file}.onnx.base64`)
  }
})

it('keeps weights out of the model and hands each over once', () => {
  const options = { shape, weights, forms: allIn('int4'), cache: 'grown', window: 48, topK: 4 } as const
  const { bytes, externalData } = llamaGraph(options)
  // A layer is some 15 nodes; its weights alone would be ten times as much.
  expect(bytes.length).toBeLessThan(20_000)
  const [{ data }] = externalData as [(typeof externalData)[number]]
  expect(data.length).toBeGreaterThan(bytes.length)
  expect(() => data.subarray(1, 2)).toThrow(/No tensor/)
})
