import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const common = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i)),
  label: text,
  model: text,
}

export const OipSchema = v.object({
  ...common,
  protocol: v.literal('oip'),
  replicas: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1024)),
  /** Lanes that its model can be given to: diffusion if left out. */
  decoders: v.exactOptional(v.array(v.picklist(['diffusion', 'autoregressive']))),
})

export const OpenAiSchema = v.object({
  ...common,
  protocol: v.literal('openai'),
  dialect: v.picklist(['append', 'replace', 'frame']),
  family: v.picklist(['mercury', 'autoregressive', 'block-diffusion', 'uniform-diffusion']),
  /** Fields that are added to every request. */
  request: v.exactOptional(v.record(v.string(), v.unknown())),
  /** Fields that the service refuses, so that none is sent. */
  omit: v.exactOptional(v.array(v.string())),
})

/** An entry of the gateway's list. */
export const UpstreamSchema = v.variant('protocol', [OipSchema, OpenAiSchema])
