import type * as Ort from 'onnxruntime-web'
import type { LlamaShape } from '../graph/llama-config.ts'
import { allIn, llamaGraph, type Forms } from '../graph/llama-graph.ts'
import type { StoredWeights } from '../graph/stored-weights.ts'
import { passSession, type PassSession } from './pass-session.ts'
import type { Runtime } from './sessions.ts'
import { deviceCaches, hostCaches } from './text-cache.ts'

/** On a GPU all stay in 4 bits, as they are stored; one tensor is embedding and head. */
const ON_DEVICE = allIn('int4')

/** On a processor: 8 bits with activations rounded as they come; the embedding, only looked up, stays in 4. */
const ON_HOST: Forms = { ...allIn('int8'), embedding: 'int4' }

export interface OpenSessionOptions {
  readonly shape: LlamaShape
  readonly weights: StoredWeights
  readonly window: number
  readonly topK: number
  /** Instead of those that are quickest on the device. */
  readonly forms?: Forms
}

/** Writes the graph in the device's own form and opens it: weights go over tensor by tensor. */
export async function openSession(runtime: Runtime, options: OpenSessionOptions): Promise<PassSession> {
  return (await createOpenSession(runtime, options)).passes
}

/** The same, with onnxruntime's own session for those who measure it. */
export async function createOpenSession(
  { ort, sessionOptions, cacheOnDevice }: Runtime,
  { shape, weights, window, topK, forms = cacheOnDevice ? ON_DEVICE : ON_HOST }: OpenSessionOptions,
): Promise<{ readonly session: Ort.InferenceSession; readonly passes: PassSession }> {
  const cache = cacheOnDevice ? 'grown' : 'rows'
  const { bytes, externalData } = llamaGraph({ shape, weights, forms, cache, window, topK })
  const presents = Array.from({ length: shape.layers }, (_, layer) =>
    ['key', 'value'].map((kind) => [`present.${layer}.${kind}`, 'gpu-buffer'] as const),
  ).flat()
  const outputs: Ort.InferenceSession.SessionOptions = cacheOnDevice
    ? { preferredOutputLocation: { packed: 'cpu', ...Object.fromEntries(presents) } }
    : {}
  const session = await ort.InferenceSession.create(bytes, { ...sessionOptions, ...outputs, externalData })
  const store = cacheOnDevice ? deviceCaches(ort, shape) : hostCaches(ort, shape)
  return { session, passes: passSession(ort, session, shape, store) }
}
