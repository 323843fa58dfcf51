import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checkChat, checkStep } from './check-body.ts'
import type { Limits, Upstream } from './configuration-schema.ts'
import type { Forwarder } from './forward.ts'
import { Refusal } from './refusal.ts'

export interface Served {
  readonly upstream: Upstream
  readonly forwarder: Forwarder
}

type Params = Readonly<Record<'id' | 'replica' | 'model', string | undefined>>

/**
 * Every path that is passed on. Each is spelt out, so that nothing else of a server can be reached: Triton's
 * repository control, say, or its shared memory.
 */
export function registerRoutes(
  server: FastifyInstance,
  served: ReadonlyMap<string, Served>,
  limits: Limits,
): void {
  function find(request: FastifyRequest, protocol: Upstream['protocol']) {
    const { id = '', replica, model } = request.params as Params
    const found = served.get(id)
    if (found?.upstream.protocol !== protocol) {
      throw new Refusal(
        404,
        'There is no such upstream with such a protocol here. GET /api/upstreams lists them.',
      )
    }
    const { upstream, forwarder } = found
    if (model !== undefined && model !== upstream.model) {
      throw new Refusal(404, `${upstream.label} is here for the model ${upstream.model} only.`)
    }
    if (replica !== undefined && !(/^\d{1,4}$/.test(replica) && Number(replica) < forwarder.replicas)) {
      throw new Refusal(404, `${upstream.label} has ${forwarder.replicas} replicas, counted from 0.`)
    }
    return { upstream, forwarder, replica: replica === undefined ? null : Number(replica) }
  }

  const get = (url: string, protocol: Upstream['protocol'], pathOf: (upstream: Upstream) => string) =>
    server.get(url, { exposeHeadRoute: false }, (request, reply) => {
      const { upstream, forwarder, replica } = find(request, protocol)
      return forwarder.forward(request, reply, { method: 'GET', path: pathOf(upstream), replica })
    })
  const post = (
    url: string,
    protocol: Upstream['protocol'],
    pathOf: (upstream: Upstream) => string,
    check: (request: FastifyRequest, upstream: Upstream) => void,
  ) =>
    server.post(url, (request, reply: FastifyReply) => {
      const { upstream, forwarder, replica } = find(request, protocol)
      check(request, upstream)
      return forwarder.forward(request, reply, { method: 'POST', path: pathOf(upstream), replica })
    })

  const modelPath = ({ model }: Upstream) => `/v2/models/${encodeURIComponent(model)}`
  for (const base of ['/upstreams/:id', '/upstreams/:id/replicas/:replica']) {
    for (const path of ['/v2', '/v2/health/live', '/v2/health/ready']) get(base + path, 'oip', () => path)
    for (const path of ['', '/ready', '/config', '/stats']) {
      get(`${base}/v2/models/:model${path}`, 'oip', (upstream) => modelPath(upstream) + path)
    }
    post(
      `${base}/v2/models/:model/infer`,
      'oip',
      (upstream) => `${modelPath(upstream)}/infer`,
      ({ body, headers }) => {
        const jsonLength = headers['inference-header-content-length']
        checkStep(bytesOf(body), jsonLength === undefined ? undefined : String(jsonLength), limits)
      },
    )
  }
  server.get('/upstreams/:id/tokenizer.json', { exposeHeadRoute: false }, (request, reply) => {
    const { upstream } = find(request, 'oip')
    if (upstream.protocol !== 'oip' || upstream.tokenizer === undefined) {
      throw new Refusal(404, `No tokenizer is configured for ${upstream.label}.`)
    }
    return reply.type('application/json').send(createReadStream(upstream.tokenizer))
  })
  // The configured address of such a service already ends in its /v1.
  get('/upstreams/:id/v1/models', 'openai', () => '/models')
  post(
    '/upstreams/:id/v1/chat/completions',
    'openai',
    () => '/chat/completions',
    ({ body }, upstream) => checkChat(bytesOf(body), upstream, limits),
  )
}

function bytesOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}
