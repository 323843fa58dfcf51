import * as v from 'valibot'
import { OIP, OPEN_AI } from '../../src/engines/remote/upstream-schema.ts'

const whole = (least: number, most: number) =>
  v.pipe(
    v.number('this must be a number'),
    v.check(
      (value) => Number.isSafeInteger(value) && value >= least && value <= most,
      `this must be a whole number from ${least} to ${most}`,
    ),
  )
const text = v.pipe(v.string('this must be text'), v.minLength(1, 'this must not be empty'))
const variable = v.pipe(text, v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'this must name an environment variable'))
const address = v.pipe(
  text,
  v.check((value) => {
    if (!URL.canParse(value)) return false
    const { protocol, username, password, search, hash } = new URL(value)
    return ['http:', 'https:'].includes(protocol) && `${username}${password}${search}${hash}` === ''
  }, 'this must be an http or https address without a name, a password, a query or a fragment'),
)
const flag = v.boolean('this must be true or false')

/** What the configuration alone says of an upstream. */
const common = {
  /** Environment variable that holds the upstream's key. */
  keyEnv: v.exactOptional(variable),
  /** Whether the upstream may be on a loopback, private or link-local address. */
  allowPrivate: v.optional(flag, false),
}

const OipSchema = v.strictObject({
  ...OIP,
  ...common,
  /** Replicas of one server, without `/v2`. */
  urls: v.pipe(
    v.array(address, 'this must be a list of addresses'),
    v.minLength(1, 'this must name an address'),
  ),
  /** The model's `tokenizer.json`, for the page; beside the configuration file or an absolute path. */
  tokenizer: v.exactOptional(text),
})

const OpenAiSchema = v.strictObject({
  ...OPEN_AI,
  ...common,
  /** Base of the API, with its `/v1`. */
  url: address,
})

const UpstreamSchema = v.variant(
  'protocol',
  [OipSchema, OpenAiSchema],
  'this must have the protocol "oip" or "openai"',
)

const LimitsSchema = v.strictObject({
  /** Per client, everything counted. */
  requestsPerMinute: v.optional(whole(1, 1e9), 12_000),
  /** Requests of one client that are on their way at once, streams included. */
  concurrent: v.optional(whole(1, 100_000), 64),
  /** The same over all clients. */
  concurrentTotal: v.optional(whole(1, 100_000), 1024),
  /** Open connections of one address; not counted behind a trusted proxy. */
  connections: v.optional(whole(1, 100_000), 256),
  /** Bytes of a request's body, and of the JSON in it: reading that stops everything else for a moment. */
  bodyBytes: v.optional(whole(1024, 2 ** 28), 2 ** 20),
  jsonBytes: v.optional(whole(1024, 2 ** 22), 2 ** 16),
  /** Bytes of all bodies that are held at once. */
  heldBytes: v.optional(whole(2 ** 14, 2 ** 36), 2 ** 27),
  /** Tokens of a sequence, and of an answer that is asked for. */
  tokens: v.optional(whole(2, 1e6), 4096),
  /** Sequences of one step. */
  sequences: v.optional(whole(1, 1024), 64),
  /** Bytes of an answer that are passed on. */
  answerBytes: v.optional(whole(1024, 2 ** 30), 2 ** 25),
  /** Seconds that an upstream may stay silent, and that a whole answer may take. */
  silentSeconds: v.optional(whole(1, 3600), 60),
  answerSeconds: v.optional(whole(1, 86_400), 600),
})

/** The configuration file. */
export const ConfigurationSchema = v.strictObject({
  /** Environment variable that holds the gateway's own access token; without it anybody may use it. */
  tokenEnv: v.exactOptional(variable),
  /** Names that the gateway answers to, besides localhost and bare addresses. */
  hosts: v.optional(v.array(text, 'this must be a list of names'), []),
  /** How many proxies in front are trusted to say who the client is. */
  trustedProxies: v.optional(whole(0, 16), 0),
  /** Port of the metrics alone; without it they are to be had with the access token only, where there is one. */
  metricsPort: v.exactOptional(whole(1, 65_535)),
  /** Whether the bundled model is served by this process, as the upstream `reference`. */
  referenceServer: v.optional(flag, true),
  limits: v.optional(LimitsSchema, {}),
  upstreams: v.optional(v.array(UpstreamSchema, 'this must be a list'), []),
})

export type Limits = v.InferOutput<typeof LimitsSchema>
type UpstreamEntry = v.InferOutput<typeof UpstreamSchema>
/** A checked upstream. */
export type Upstream = UpstreamEntry & {
  /** From the environment; null where it needs none. */
  readonly key: string | null
  /** Whether it is told, in disguise, which client asks: this process's own reference server is. */
  readonly tellsClients?: boolean
}
export type OpenAiUpstream = Upstream & { readonly protocol: 'openai' }
