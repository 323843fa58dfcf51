import type * as Ort from 'onnxruntime-web'
import type { Predictor } from '../predictor.ts'
import { denoiseSession, type DenoiseSession } from './denoise-session.ts'
import { extendSession, type ExtendSession } from './extend-session.ts'
import type { Manifest } from '../model/manifest.ts'

/** onnxruntime with what a session on this device is created with. */
export interface Runtime {
  readonly ort: typeof Ort
  readonly sessionOptions: Ort.InferenceSession.SessionOptions
  /** Whether the autoregressive cache stays in the device's own memory. */
  readonly cacheOnDevice: boolean
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
  const { ort, sessionOptions, cacheOnDevice } = runtime
  const read = (file: string): Uint8Array => {
    const content = bytes.get(file)
    if (!content) throw new Error(`The model's file ${file} was not loaded.`)
    return content
  }
  const open = (file: string, extra: Ort.InferenceSession.SessionOptions = {}) =>
    ort.InferenceSession.create(read(file), {
      ...sessionOptions,
      ...extra,
      externalData: [{ path: manifest.weights.file, data: read(manifest.weights.file) }],
    })

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

  async function prepareDenoiser(tokens: number): Promise<DenoiseSession> {
    const { file, window } = windowFor(tokens)
    const known = denoisers.get(window)
    if (known) return known
    const session = denoiseSession(ort, await open(file), window, manifest, now)
    await session.pass(manifest.template.before, [manifest.vocabulary.mask])
    denoisers.set(window, session)
    return session
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
      const session = await prepareDenoiser(promptIds.length + answerIds.length)
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
