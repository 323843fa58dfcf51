import { performance } from 'node:perf_hooks'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { whenOver } from '../answers-of-connections.ts'
import { checkOrigin, checkToken, createTurnstile, limitConnections } from './admission.ts'
import type { Configuration } from './configuration.ts'
import { createForwarder } from './forward.ts'
import { listUpstreams } from './list-upstreams.ts'
import { createMetrics } from './metrics.ts'
import { Refusal, UpstreamRefusal } from './refusal.ts'
import { registerRoutes } from './routes.ts'

/** Adds the gateway to the page's server: `/api/upstreams`, `/upstreams/…`, health and metrics. */
export function registerGateway(root: FastifyInstance, configuration: Configuration): void {
  const { limits, token, upstreams, trustedProxies } = configuration
  const metrics = createMetrics()
  const begun = new WeakMap<FastifyRequest, number>()
  const begunAt = (request: FastifyRequest) => begun.get(request) ?? performance.now()

  if (trustedProxies === 0) root.server.on('connection', limitConnections(limits.connections))
  root.get('/healthz', { logLevel: 'warn' }, () => ({ alive: true }))
  // The page is of use without any upstream, so theirs is no condition. While it closes, Fastify answers 503.
  root.get('/readyz', { logLevel: 'warn' }, () => ({ ready: true }))

  void root.register(async (server) => {
    const served = new Map(
      upstreams.map((upstream) => [
        upstream.id,
        { upstream, forwarder: createForwarder(upstream, limits, metrics, begunAt) },
      ]),
    )
    server.addHook('onClose', async () => {
      await Promise.all([...served.values()].map(({ forwarder }) => forwarder.close()))
    })

    server.removeAllContentTypeParsers()
    server.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: limits.bodyBytes },
      (_request, body, done) => done(null, body),
    )

    server.addHook('onRequest', async (request) => {
      begun.set(request, performance.now())
    })
    await server.register(rateLimit, {
      max: limits.requestsPerMinute,
      timeWindow: 60_000,
      addHeaders: RATE_HEADERS,
      addHeadersOnExceeding: RATE_HEADERS,
      errorResponseBuilder: (_request, { ttl }) =>
        new Refusal(
          429,
          `At most ${limits.requestsPerMinute} requests a minute. Wait a moment.`,
          Math.ceil(ttl / 1000),
        ),
    })
    server.addHook('onRequest', checkOrigin(configuration))
    server.addHook('onRequest', checkToken(token))

    server.addHook('onSend', async (_request, reply) => {
      void reply.header('Cache-Control', 'no-store')
    })
    server.addHook('onResponse', async ({ params }, reply) => {
      const { id = '' } = (params ?? {}) as { id?: string }
      if (served.has(id)) metrics.answers.inc({ upstream: id, status: reply.statusCode })
    })
    server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      const refusal = toRefusal(error, limits.bodyBytes)
      if (refusal.statusCode >= 500 && !(refusal instanceof UpstreamRefusal))
        request.log.warn(refusal.message)
      if (refusal.statusCode === 500 && !(error instanceof Refusal)) request.log.error(error.stack)
      metrics.refusals.inc({ status: refusal.statusCode })
      if (refusal.retryAfter !== null) void reply.header('Retry-After', refusal.retryAfter)
      return reply.code(refusal.statusCode).send({ error: refusal.message })
    })

    server.get('/api/upstreams', () => listUpstreams(upstreams))
    server.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    )
    await server.register(async (guarded) => {
      const turnstile = createTurnstile(limits.concurrent, limits.concurrentTotal)
      guarded.addHook('onRequest', async (request, reply) => {
        whenOver(reply.raw, turnstile.enter(request.ip))
      })
      registerRoutes(guarded, served, limits)
    })
    for (const path of ['/upstreams/*', '/api/*']) {
      server.all(path, () => {
        throw new Refusal(404, 'There is nothing here. GET /api/upstreams lists what there is.')
      })
    }
  })
}

const RATE_HEADERS = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
}

/** Any error as one that may be told: of what is not a client's fault no detail leaves the gateway. */
function toRefusal(error: Error & { statusCode?: number }, bodyBytes: number): Refusal {
  if (error instanceof Refusal) return error
  if (error.statusCode === 413) return new Refusal(413, `A request may have at most ${bodyBytes} bytes.`)
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new Refusal(error.statusCode, error.message)
  return new Refusal(500, 'The gateway failed at this request. Try again; what was computed stays.')
}
