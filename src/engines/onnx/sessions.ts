import type * as Ort from 'onnxruntime-web'
import type { Predictor } from '../predictor.ts'
import { denoiseSession, type DenoiseSession } from './denoise-session.ts'
import { extendSession, type ExtendSession } from './extend-session.ts'
import { floatsAtLoad } from './floats-at-load.ts'
import type { Manifest } from '../model/manifest.ts'

/** onnxruntime with what a session on this device is created with. */
export interface Runtime {
  readonly ort: typeof Ort
  readonly sessionOptions: Ort.InferenceSession.SessionOptions
  /** Whether the autoregressive cache stays in the device's own memory. */
  readonly cacheOnDevice: boolean
  /** Whether it asks for weights tensor by tensor, as onnxruntime-web does. */
  readonly weightsByTensor: boolean
}

/** A model's files in memory. */
export interface ModelFiles {
  readonly manifest: Manifest
  /** Contents by the manifest's file name. */
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

/** The predictor of a model: sessions are created when a run first needs them, and then kept. */
export function createPredictor(
  runtime: Runtime,
  { manifest, bytes }: ModelFiles,
  now: () => number,
): Predictor {
  const { ort, sessionOptions, cacheOnDevice, weightsByTensor } = runtime
  const read = (file: string): Uint8Array => {
    const content = bytes.get(file)
    if (!content) throw new Error(`The model's file ${file} was not loaded.`)
    return content
  }
  async function open(file: string, extra: Ort.InferenceSession.SessionOptions = {}) {
    const path = manifest.weights.file
    const create = (graph: Uint8Array, weights: Uint8Array) =>
      ort.InferenceSession.create(graph, {
        ...sessionOptions,
        ...extra,
        externalData: [{ path, data: weights }],
      })
    if (!weightsByTensor) return create(read(file), read(path))
    const floats = floatsAtLoad(read(file), read(path), path, cacheOnDevice ? 'floats' : 'bytes')
    try {
      return await create(floats.graph, floats.weights)
    } finally {
      floats.release()
    }
  }

  const denoisers = new Map<number, DenoiseSession>()
  let extender: ExtendSession | null = null
  const warmRooms = new Set<number>()

  /** The smallest window that fits: a pass costs what its window costs. */
  function windowFor(tokens: number): Manifest['graphs']['denoise'][number] {
    const graph = manifest.graphs.denoise
      .filter(({ window }) => window >= tokens)
      .sort((a, b) => a.window - b.window)[0]
    if (!graph) throw new Error(`No graph of this model fits ${tokens} tokens.`)
    return graph
  }

  /** A GPU compiles for long and keeps what it compiled; in WASM a window more is all the weights once more. */
  async function prepareDenoiser(tokens: number): Promise<DenoiseSession> {
    const { file, window } = windowFor(tokens)
    const known = denoisers.get(window)
    if (known) return known
    if (!cacheOnDevice) {
      for (const [other, session] of denoisers) {
        denoisers.delete(other)
        await session.release()
      }
    }
    const session = denoiseSession(ort, await open(file), window, manifest, now)
    await session.pass(manifest.template.before, [manifest.vocabulary.mask])
    denoisers.set(window, session)
    return session
  }

  /** Runs of several windows may take turns: what is open serves all that fits. */
  async function denoiserFor(tokens: number): Promise<DenoiseSession> {
    const { window: smallest } = windowFor(tokens)
    const open = [...denoisers.values()].filter(({ window }) => window >= smallest)
    return open.sort((a, b) => a.window - b.window)[0] ?? prepareDenoiser(tokens)
  }

  async function openExtender(): Promise<ExtendSession> {
    const extra: Ort.InferenceSession.SessionOptions = cacheOnDevice
      ? { preferredOutputLocation: { packed: 'cpu', present: 'gpu-buffer' } }
      : {}
    return extendSession(ort, await open(manifest.graphs.extend.file, extra), manifest, now)
  }

  async function prepareExtender(tokens: number): Promise<void> {
    extender ??= await openExtender()
    const room = extender.roomFor(tokens)
    if (warmRooms.has(room)) return
    const warming = extender.start(tokens)
    await warming.extend([manifest.vocabulary.end, manifest.vocabulary.end])
    await warming.extend([manifest.vocabulary.end])
    warming.release()
    warmRooms.add(room)
  }

  return {
    async prepare(decoder, tokens) {
      await (decoder === 'diffusion' ? prepareDenoiser(tokens) : prepareExtender(tokens))
    },
    async denoise(promptIds, answerIds) {
      const session = await denoiserFor(promptIds.length + answerIds.length)
      return session.pass(promptIds, answerIds)
    },
    startExtension(tokens) {
      if (!extender) throw new Error('An autoregressive run must be prepared before it starts.')
      return extender.start(tokens)
    },
  }
}

/** Longest prompt plus answer that both decoders of a model take, in tokens. */
export function windowOf({ graphs }: Manifest): number {
  return Math.min(graphs.extend.window, Math.max(...graphs.denoise.map(({ window }) => window)))
}
