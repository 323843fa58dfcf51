/**
 * What the page's own graphs are tested by in a browser: bundled by `graph.spec.ts`, and served alone, since a
 * session of a tiny model has no controls in the page.
 */
import { openWebGpu } from '../../src/engines/browser/ort-webgpu.ts'
import { llamaShape, type LlamaShape } from '../../src/engines/graph/llama-config.ts'
import { BLOCK, type Matrix } from '../../src/engines/graph/matrix.ts'
import { parseOpenManifest } from '../../src/engines/graph/open-manifest.ts'
import { storedWeights, type StoredWeights } from '../../src/engines/graph/stored-weights.ts'
import { shardInMemory, weightsStream } from '../../src/engines/graph/weights-stream.ts'
import { allIn } from '../../src/engines/graph/llama-graph.ts'
import { openSession } from '../../src/engines/onnx/open-session.ts'
import { openPredictor } from '../../src/engines/onnx/open-predictor.ts'
import { goldenDistances, type Distances, type GraphGolden } from '../../src/engines/testing/graph-golden.ts'

/** The calls that a pass made of the GPU. */
export interface Counts {
  dispatches: number
  submits: number
  writes: number
  maps: number
  shaders: number
}

const counts: Counts = { dispatches: 0, submits: 0, writes: 0, maps: 0, shaders: 0 }

function count(owner: { readonly prototype: object }, name: string, kind: keyof Counts): void {
  const prototype = owner.prototype as Record<string, (...args: unknown[]) => unknown>
  const original = prototype[name]!
  prototype[name] = function (...args) {
    counts[kind]++
    return original.apply(this, args)
  }
}

count(GPUComputePassEncoder, 'dispatchWorkgroups', 'dispatches')
count(GPUComputePassEncoder, 'dispatchWorkgroupsIndirect', 'dispatches')
count(GPUQueue, 'submit', 'submits')
count(GPUQueue, 'writeBuffer', 'writes')
count(GPUBuffer, 'mapAsync', 'maps')
count(GPUDevice, 'createShaderModule', 'shaders')

const runtime = () => openWebGpu(() => Promise.resolve())
const json = async (url: string): Promise<unknown> => (await fetch(url)).json()

/** How far WebGPU is from PyTorch with a tiny model, in nats. */
async function distances(stored: 'float16' | 'int4'): Promise<Distances> {
  const folder = `/goldens/${stored}`
  const manifest = parseOpenManifest(await json(`${folder}/manifest.json`))
  const shape = llamaShape(await json(`${folder}/config.json`))
  const golden = (await json(`${folder}/golden.json`)) as { readonly float32: GraphGolden }
  const shards = await Promise.all(
    manifest.weights.map(async ({ file }) =>
      shardInMemory(new Uint8Array(await (await fetch(`${folder}/${file}`)).arrayBuffer())),
    ),
  )
  const weights = storedWeights(manifest.tensors, weightsStream(shards))
  const { window, topK, template } = manifest
  const forms = allIn(stored === 'int4' ? 'int4' : 'float32')
  const passes = await openSession(await runtime(), { shape, weights, window, topK, forms })
  return goldenDistances(passes, golden.float32, template.before, topK)
}

/** Words of the made-up model: calls do not depend on their number, and a processor that plays a GPU takes a while for each. */
const WORDS = 8192

/** Two layers in the width of SmolLM2-135M, with numbers that are made up as they are asked for. */
const SHAPE: LlamaShape = {
  layers: 2,
  width: 576,
  heads: 9,
  keyHeads: 3,
  headWidth: 64,
  feedForward: 1536,
  vocabulary: WORDS,
  epsilon: 1e-5,
  theta: 100_000,
  tied: true,
}

function madeUp(): StoredWeights {
  let state = 1
  const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 8
  const sizes: Record<string, readonly [number, number]> = {
    embed_tokens: [WORDS, 576],
    q_proj: [576, 576],
    k_proj: [192, 576],
    v_proj: [192, 576],
    o_proj: [576, 576],
    gate_proj: [1536, 576],
    up_proj: [1536, 576],
    down_proj: [576, 1536],
  }
  return {
    vector: () => new Float32Array(576).fill(1),
    matrix(name): Matrix {
      const [rows, columns] = sizes[name.split('.').at(-2)!]!
      return {
        rows,
        columns,
        fourBits: true,
        open: () => ({
          values: () => {
            throw new Error('These weights are in four bits.')
          },
          codes: (_row, into) => into.forEach((_, i) => (into[i] = next() & 255)),
          scales: (_row, into) => into.fill(0.01).subarray(0, columns / BLOCK),
        }),
      }
    },
  }
}

/** What warm passes cost: one of diffusion over 24 positions, and four tokens one after the other. */
async function passCounts(): Promise<{ readonly canvas: Counts[]; readonly tokens: Counts[] }> {
  const weights = madeUp()
  const opened = runtime()
  const predictor = openPredictor({
    open: async () => openSession(await opened, { shape: SHAPE, weights, window: 128, topK: 16 }),
    topK: 16,
    templateBefore: [1, 2, 3],
    now: () => performance.now(),
  })
  const prompt = [1, 2, 3, ...Array.from({ length: 9 }, (_, i) => 100 + i)]
  const taken = async (work: () => Promise<unknown>): Promise<Counts> => {
    Object.assign(counts, { dispatches: 0, submits: 0, writes: 0, maps: 0, shaders: 0 })
    await work()
    return { ...counts }
  }
  const answer = new Int32Array(24).fill(5)
  await predictor.denoise(prompt, answer)
  const canvas = [
    await taken(() => predictor.denoise(prompt, answer)),
    await taken(() => predictor.denoise(prompt, answer)),
  ]
  const extension = predictor.startExtension(64)
  await extension.extend(prompt)
  const tokens: Counts[] = []
  for (const id of [200, 201, 202, 203]) tokens.push(await taken(() => extension.extend([id])))
  extension.release()
  return { canvas, tokens }
}

export const inPage = { distances, passCounts }
Object.assign(window, { inPage })
