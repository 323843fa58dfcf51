import { expect, it } from 'vitest'
import { nodeRuntime } from '../node/node-predictor.ts'
import { Graph } from './graph.ts'
import { packedRows } from './packed-rows.ts'

const { ort, sessionOptions } = nodeRuntime(1)
const ROWS = 3
const K = 5

/** 2048 is sorted at once, 4096 in two halves, 4100 in parts of 2050 / 2 and so on. */
it.each([160, 2048, 4096, 4100])('a vocabulary of %i is packed as it is counted', async (vocabulary) => {
  const graph = new Graph('packed')
  const logits = graph.input('logits', 'float32', [1, ROWS, vocabulary])
  graph.output('packed', packedRows(graph, logits, vocabulary, K), [1, ROWS, 2 * K + 2])
  const session = await ort.InferenceSession.create(graph.written().bytes, sessionOptions)
  // Far past where exponentials overflow, and all different.
  const values = Float32Array.from(
    { length: ROWS * vocabulary },
    (_, i) => 200 + ((i * 7919) % (ROWS * vocabulary)) * (12 / vocabulary),
  )
  const feeds = { logits: new ort.Tensor('float32', values, [1, ROWS, vocabulary]) }
  const packed = (await session.run(feeds))['packed']!.data as Float32Array
  for (let row = 0; row < ROWS; row++) {
    const own = Array.from(values.subarray(row * vocabulary, (row + 1) * vocabulary))
    const order = own.map((_, id) => id).sort((a, b) => own[b]! - own[a]!)
    const top = own[order[0]!]!
    const total = own.reduce((sum, value) => sum + Math.exp(value - top), 0)
    const entropy = own.reduce((sum, value) => {
      const logProb = value - top - Math.log(total)
      return sum - Math.exp(logProb) * logProb
    }, 0)
    const got = packed.subarray(row * (2 * K + 2), (row + 1) * (2 * K + 2))
    expect(Array.from(got.subarray(K, 2 * K))).toEqual(order.slice(0, K))
    expect(Array.from(got.subarray(0, K))).toEqual(order.slice(0, K).map((id) => own[id]))
    expect(got[2 * K]).toBeCloseTo(top + Math.log(total), 3)
    expect(got[2 * K + 1]).toBeCloseTo(entropy, 3)
  }
})
