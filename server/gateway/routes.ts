import { createReadStream } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { jsonLengthOf } from './body-form.ts'
import type { Limits, OpenAiUpstream, Upstream } from './configuration-schema.ts'
import type { Forwarder } from './forward.ts'
import { Refusal } from './refusal.ts'
import { rewriteChat } from './rewrite-chat.ts'
import { rewriteStep, type Rewritten } from './rewrite-step.ts'
import type { Turns } from '../turns.ts'
import type { Visits } from './visits.ts'

export interface Served {
  readonly upstream: Upstream
  readonly forwarder: Forwarder
}

type Params = Readonly<Record<'id' | 'model', string | undefined>>

/**
 * Every path that is passed on. Each is spelt out, so that nothing else of a server can be reached: Triton's
 * repository control, say, or its shared memory.
 */
export function registerRoutes(
  server: FastifyInstance,
  served: ReadonlyMap<string, Served>,
  limits: Limits,
  visits: Visits,
  turns: Turns,
): void {
  function find(request: FastifyRequest, protocol: Upstream['protocol']) {
    const { id = '', model } = request.params as Params
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
    return { upstream, forwarder }
  }

  const get = (url: string, protocol: Upstream['protocol'], pathOf: (upstream: Upstream) => string) =>
    server.get(url, { exposeHeadRoute: false }, (request, reply) => {
      const { upstream, forwarder } = find(request, protocol)
      const headers = { accept: 'application/json' }
      return forwarder.forward(request, reply, { method: 'GET', path: pathOf(upstream), headers, body: null })
    })
  const post = (
    url: string,
    { protocol, isBinary }: { readonly protocol: Upstream['protocol']; readonly isBinary: boolean },
    pathOf: (upstream: Upstream) => string,
    rewrite: (body: Buffer, upstream: Upstream, request: FastifyRequest) => Rewritten,
  ) =>
    server.post(url, { config: { isBinary } }, async (request, reply: FastifyReply) => {
      const { upstream, forwarder } = find(request, protocol)
      const { client, gone } = visits.of(request)
      const { body, headers } = await turns(client, () => {
        gone.signal.throwIfAborted()
        return rewrite(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), upstream, request)
      })
      return forwarder.forward(request, reply, { method: 'POST', path: pathOf(upstream), headers, body })
    })

  const modelPath = ({ model }: Upstream) => `/v2/models/${encodeURIComponent(model)}`
  const base = '/upstreams/:id'
  for (const path of ['/v2', '/v2/health/live', '/v2/health/ready']) get(base + path, 'oip', () => path)
  for (const path of ['', '/ready', '/config', '/stats']) {
    get(`${base}/v2/models/:model${path}`, 'oip', (upstream) => modelPath(upstream) + path)
  }
  post(
    `${base}/v2/models/:model/infer`,
    { protocol: 'oip', isBinary: true },
    (upstream) => `${modelPath(upstream)}/infer`,
    (body, _upstream, { headers }) => rewriteStep(body, jsonLengthOf(headers), limits),
  )
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
    { protocol: 'openai', isBinary: false },
    () => '/chat/completions',
    (body, upstream) => rewriteChat(body, upstream as OpenAiUpstream, limits),
  )
}
