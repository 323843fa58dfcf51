import * as v from 'valibot'

/** Fields that the gateway's configuration and its list for the page have in common. */
const text = v.pipe(
  v.string('this must be text'),
  v.minLength(1, 'this must not be empty'),
  v.maxLength(200, 'this must have at most 200 characters'),
)

const COMMON = {
  /** Part of the gateway's paths. */
  id: v.pipe(text, v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use a to z, 0 to 9 and dashes, at most 40')),
  label: text,
  /** Name of the model as the upstream knows it; no other can be asked for. */
  model: text,
}

export const OIP = {
  ...COMMON,
  protocol: v.literal('oip'),
  /** Lanes that its model can be given to, as its card says: diffusion if left out. */
  decoders: v.exactOptional(
    v.pipe(
      v.array(
        v.picklist(['diffusion', 'autoregressive'], 'this must be diffusion or autoregressive'),
        'this must be a list of decoders',
      ),
      v.minLength(1, 'this must name a decoder'),
    ),
  ),
}

export const OPEN_AI = {
  ...COMMON,
  protocol: v.literal('openai'),
  dialect: v.picklist(['append', 'replace', 'frame'], 'this must be append, replace or frame'),
  family: v.picklist(
    ['mercury', 'autoregressive', 'block-diffusion', 'uniform-diffusion'],
    'this must be mercury, autoregressive, block-diffusion or uniform-diffusion',
  ),
  /** Fields that are added to every request. */
  request: v.exactOptional(v.record(v.string(), v.unknown())),
  /** Fields that the service refuses: the page leaves them out, and says so. */
  omit: v.exactOptional(v.array(text, 'this must be a list of names of fields')),
}

export const OipSchema = v.object({
  ...OIP,
  /** How many servers take turns behind the gateway. */
  replicas: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1024)),
})

export const OpenAiSchema = v.object(OPEN_AI)

/** An entry of the gateway's list. */
export const UpstreamSchema = v.variant('protocol', [OipSchema, OpenAiSchema])
