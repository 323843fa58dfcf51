import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Forms } from '../graph/llama-graph.ts'
import type { Form } from '../graph/products.ts'
import { nodeRuntime } from '../node/node-predictor.ts'
import { readOpenFolder } from '../node/open-model.ts'
import { openPredictor } from './open-predictor.ts'
import { openSession } from './open-session.ts'
import type { PassSession } from './pass-session.ts'
import { unpack } from './unpack.ts'

interface Golden {
  readonly denoise: { promptIds: number[]; answerIds: number[]; packed: number[][] }
  readonly extend: { promptIds: number[]; nextIds: number[]; packed: number[][] }
  readonly block: { ids: number[]; packed: number[][] }
}

const runtime = nodeRuntime(1)
const folderOf = (name: string) => fileURLToPath(new URL(`../graph/goldens/${name}`, import.meta.url))
const all = (form: Form): Forms => ({
  embedding: form,
  query: form,
  attentionOut: form,
  gate: form,
  down: form,
  head: form,
})

/** What is stored, what is computed, and how far from PyTorch it may be, in nats. */
const CASES = [
  ['float16', 'float32', 1e-4],
  ['int4', 'int4', 1e-3],
  ['int4', 'float32', 1e-4],
  ['int8', 'float32', 1e-4],
  ['int8', 'int8', 1e-3],
] as const

describe.each(CASES)('a tiny model stored in %s, computed in %s', (stored, form, tolerance) => {
  const { manifest, shape, weights } = readOpenFolder(folderOf(stored))
  const { topK, window, template } = manifest
  const golden = (
    JSON.parse(readFileSync(`${folderOf(stored)}/golden.json`, 'utf8')) as Record<string, Golden>
  )[form === 'int8' ? 'int8' : 'float32']!
  let session: Promise<PassSession> | null = null
  const open = () => (session ??= openSession(runtime, { shape, weights, window, topK, forms: all(form) }))
  const predictor = openPredictor({ open, topK, templateBefore: template.before, now: () => 0 })

  /** The largest difference of a logit, a log-sum-exp or an entropy; infinite where ids differ. */
  function distance(got: Float32Array, expected: readonly (readonly number[])[]): number {
    const flat = expected.flat()
    if (got.length !== flat.length) return Infinity
    return flat.reduce((far, value, i) => {
      const isId = i % (2 * topK + 2) >= topK && i % (2 * topK + 2) < 2 * topK
      const off = Math.abs(got[i]! - value)
      return Math.max(far, isId && off > 0 ? Infinity : off)
    }, 0)
  }

  it('predicts a canvas as PyTorch does', async () => {
    const { promptIds, answerIds, packed } = golden.denoise
    const { prediction } = await predictor.denoise(promptIds, Int32Array.from(answerIds))
    const expected = unpack(Float32Array.from(packed.flat()), 0, answerIds.length, topK)
    expect(Array.from(prediction.ids)).toEqual(Array.from(expected.ids))
    const far = (a: Float32Array, b: Float32Array) => Math.max(...a.map((x, i) => Math.abs(x - b[i]!)))
    expect(far(prediction.logProbs, expected.logProbs)).toBeLessThan(tolerance)
    expect(far(prediction.entropy, expected.entropy)).toBeLessThan(tolerance)
  })

  it('reads a prompt, writes tokens on its cache and sees a block on it, as PyTorch does', async () => {
    const { promptIds, nextIds, packed } = golden.extend
    const passes = await open()
    let cache = passes.empty
    for (const id of template.before) {
      ;({ cache } = await passes.read({ ids: [id], cache, sight: 'causal', from: 0, to: 1 }))
    }
    const ids = promptIds.slice(template.before.length)
    const read = await passes.read({ ids, cache, sight: 'causal', from: ids.length - 1, to: ids.length })
    let off = distance(read.packed, packed.slice(0, 1))
    cache = read.cache
    let last = cache
    for (const [i, id] of nextIds.entries()) {
      last = cache
      const step = await passes.read({ ids: [id], cache, sight: 'causal', from: 0, to: 1 })
      cache = step.cache
      off = Math.max(off, distance(step.packed, packed.slice(i + 1, i + 2)))
    }
    expect(off).toBeLessThan(tolerance)
    const { block } = golden
    const answer = await passes.predict({ ids: block.ids, cache: last, sight: 'all', from: 0, to: 3 })
    expect(distance(answer, block.packed)).toBeLessThan(tolerance)
  })
})
