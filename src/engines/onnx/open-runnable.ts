import type { Device, ModelCard } from '../../trace/trace.ts'
import type { LlamaShape } from '../graph/llama-config.ts'
import type { OpenManifest } from '../graph/open-manifest.ts'
import type { StoredWeights } from '../graph/stored-weights.ts'
import { modelCard } from '../model/model-card.ts'
import type { PromptTokenizer } from '../model/tokenize.ts'
import type { RunnableModel } from '../runnable-model.ts'
import { openPredictor } from './open-predictor.ts'
import { openSession } from './open-session.ts'
import type { Tolerance } from './self-check.ts'
import type { Runtime } from './sessions.ts'

/** What a folder of manifest version 2 holds, read. */
export interface OpenModelFiles {
  readonly manifest: OpenManifest
  readonly shape: LlamaShape
  readonly weights: StoredWeights
  readonly tokenizer: PromptTokenizer
}

/** On a processor the stored 4 bits are computed as 8. */
function cardOf(manifest: OpenManifest, { cacheOnDevice }: Runtime): ModelCard {
  const card = modelCard(manifest)
  return cacheOnDevice ? card : { ...card, precision: `${card.precision}, computed in int8` }
}

/**
 * On a processor activations are rounded to 8 bits, which through thirty layers moves likely candidates by 0.7 nats
 * from what PyTorch says of the stored weights. What a wrong kernel computes is another text.
 */
const ROUNDED: Tolerance = { nats: 1.5, leastLogProb: -3 }

/** How far the form that a runtime computes in may be from the trainer's numbers; undefined is as near as kernels are. */
export function toleranceOf({ cacheOnDevice }: Runtime): Tolerance | undefined {
  return cacheOnDevice ? undefined : ROUNDED
}

/** A model whose graph is written here, on a runtime. Its session is made when it is first prepared. */
export function openRunnable(
  { manifest, shape, weights, tokenizer }: OpenModelFiles,
  runtime: Runtime,
  device: Device,
  now: () => number,
): RunnableModel {
  const { topK, window, vocabulary, ends } = manifest
  const { before, after } = manifest.template
  return {
    card: cardOf(manifest, runtime),
    device,
    vocabulary,
    window,
    ends,
    predictor: openPredictor({
      open: () => openSession(runtime, { shape, weights, window, topK }),
      topK,
      templateBefore: before,
      now,
    }),
    encodePrompt: (prompt) => [...before, ...tokenizer.encode(prompt), ...after],
    encodeText: (text) => tokenizer.encode(text),
  }
}
