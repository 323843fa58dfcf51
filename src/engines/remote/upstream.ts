import * as v from 'valibot'
import type { Decoder } from '../../trace/trace.ts'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const common = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i)),
  label: text,
  model: text,
}

const OipSchema = v.object({
  ...common,
  protocol: v.literal('oip'),
  replicas: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1024)),
})

const OpenAiSchema = v.object({
  ...common,
  protocol: v.literal('openai'),
  dialect: v.picklist(['append', 'replace', 'frame']),
  family: v.picklist(['mercury', 'autoregressive', 'block-diffusion']),
  /** Fields that are added to every request. */
  request: v.exactOptional(v.record(v.string(), v.unknown())),
})

/** A model server that speaks the Open Inference Protocol: it computes single steps. */
export type OipUpstream = v.InferOutput<typeof OipSchema>
/** A service that speaks OpenAI's chat completions in one of three dialects: it sends text. */
export type OpenAiUpstream = v.InferOutput<typeof OpenAiSchema>
/** What this page's gateway lets a lane run on. */
export type Upstream = OipUpstream | OpenAiUpstream

export const UpstreamSchema = v.variant('protocol', [OipSchema, OpenAiSchema])

/** The lane that an upstream can be given to: what it does is what is drawn. */
export function laneOf(upstream: Upstream): Decoder {
  const writesOn = upstream.protocol === 'openai' && upstream.family === 'autoregressive'
  return writesOn ? 'autoregressive' : 'diffusion'
}
