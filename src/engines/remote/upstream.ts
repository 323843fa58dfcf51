import type { InferOutput } from 'valibot'
import type { Decoder } from '../../trace/trace.ts'
import type { OipSchema, OpenAiSchema } from './upstream-schema.ts'

/** A model server that speaks the Open Inference Protocol: it computes single steps. */
export type OipUpstream = InferOutput<typeof OipSchema>
/** A service that speaks OpenAI's chat completions in one of three dialects: it sends text. */
export type OpenAiUpstream = InferOutput<typeof OpenAiSchema>
/** What this page's gateway lets a lane run on. */
export type Upstream = OipUpstream | OpenAiUpstream

/** The lanes that an upstream can be given to: what it does is what is drawn. */
export function lanesOf(upstream: Upstream): readonly Decoder[] {
  if (upstream.protocol === 'oip') return upstream.decoders ?? ['diffusion']
  return [upstream.family === 'autoregressive' ? 'autoregressive' : 'diffusion']
}
