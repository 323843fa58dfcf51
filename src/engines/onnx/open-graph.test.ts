import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { allIn } from '../graph/llama-graph.ts'
import { nodeRuntime } from '../node/node-predictor.ts'
import { readOpenFolder } from '../node/open-folder.ts'
import { goldenDistances, type GraphGolden } from '../testing/graph-golden.ts'
import { openSession } from './open-session.ts'

const runtime = nodeRuntime(1)

/** What is stored, what is computed, and how far from PyTorch it may be, in nats. */
const CASES = [
  ['float16', 'float32', 1e-4],
  ['int4', 'float32', 1e-4],
  ['int8', 'float32', 1e-4],
  ['int4', 'int4', 1e-3],
  ['int8', 'int8', 1e-3],
] as const

it.each(CASES)(
  'a tiny model stored in %s and computed in %s answers as PyTorch does',
  async (stored, form, tolerance) => {
    const folder = fileURLToPath(new URL(`../graph/goldens/${stored}`, import.meta.url))
    const { manifest, shape, weights } = readOpenFolder(folder)
    const { topK, window, template } = manifest
    const goldens = JSON.parse(readFileSync(`${folder}/golden.json`, 'utf8')) as Record<string, GraphGolden>
    // The integers' own golden rounds activations as the integer product does.
    const golden = goldens[form === 'int8' ? 'int8' : 'float32']!
    const passes = await openSession(runtime, { shape, weights, window, topK, forms: allIn(form) })
    const { canvas, text, block } = await goldenDistances(passes, golden, template.before, topK)
    expect(canvas).toBeLessThan(tolerance)
    expect(text).toBeLessThan(tolerance)
    expect(block).toBeLessThan(tolerance)
  },
)
