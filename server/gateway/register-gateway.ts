import type { IncomingMessage } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { checkOrigin, checkToken, createTurnstile, limitConnections } from './admission.ts'
import { createShares } from '../shares.ts'
import { createTurns } from '../turns.ts'
import { mostBytes } from './body-form.ts'
import type { Configuration } from './configuration.ts'
import { createForwarder } from './forward.ts'
import { listUpstreams } from './list-upstreams.ts'
import { sendMetrics, type Metrics } from './metrics.ts'
import { readBody } from './read-body.ts'
import { Refusal, UpstreamRefusal } from './refusal.ts'
import { registerRoutes } from './routes.ts'
import { createVisits } from './visits.ts'

/** Adds the gateway to the page's server: `/api/upstreams`, `/upstreams/…`, health and metrics. */
export function registerGateway(root: FastifyInstance, configuration: Configuration, metrics: Metrics): void {
  const { limits, token, upstreams, trustedProxies } = configuration
  const visits = createVisits()
  const turnstile = createTurnstile(limits.concurrent, limits.concurrentTotal)
  const memory = createShares(limits.heldBytes)

  if (trustedProxies === 0) root.server.on('connection', limitConnections(limits.connections))
  root.get('/healthz', { logLevel: 'warn' }, () => ({ alive: true }))
  // The page is of use without any upstream, so theirs is no condition. While it closes, Fastify answers 503.
  root.get('/readyz', { logLevel: 'warn' }, (_request, reply) => {
    const ready = turnstile.hasRoom()
    return reply.code(ready ? 200 : 503).send({ ready })
  })

  void root.register(async (server) => {
    const served = new Map(
      upstreams.map((upstream) => [
        upstream.id,
        { upstream, forwarder: createForwarder(upstream, limits, metrics, visits) },
      ]),
    )
    server.addHook('onClose', async () => {
      await Promise.all([...served.values()].map(({ forwarder }) => forwarder.close()))
    })

    server.removeAllContentTypeParsers()
    server.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) => {
      const { client, gone, onOver } = visits.of(request)
      const most = mostBytes(request.headers, request.routeOptions.config, limits)
      return readBody(payload, {
        most,
        isJson: most < limits.bodyBytes,
        memory,
        client,
        gone,
        onTaken: onOver,
      })
    })

    server.addHook('onRequest', async (request, reply) => visits.begin(request, reply))
    await server.register(rateLimit, {
      max: limits.requestsPerMinute,
      keyGenerator: (request) => visits.of(request).client,
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
      const refusal = toRefusal(error)
      if (refusal.statusCode >= 500 && !(refusal instanceof UpstreamRefusal))
        request.log.warn(refusal.message)
      if (refusal.statusCode === 500 && !(error instanceof Refusal)) request.log.error(error.stack)
      metrics.refusals.inc({ status: refusal.statusCode })
      // What of a body nobody has read must not be taken for the next request.
      if (!request.raw.complete) void reply.header('Connection', 'close')
      if (refusal.retryAfter !== null) void reply.header('Retry-After', refusal.retryAfter)
      return reply.code(refusal.statusCode).send({ error: refusal.message })
    })

    server.get('/api/upstreams', () => listUpstreams(upstreams))
    server.get('/metrics', { logLevel: 'warn' }, (_request, reply) => {
      if (token !== null) return sendMetrics(metrics, reply)
      throw new Refusal(
        404,
        'Metrics are not open here: the configuration can give them a port of their own.',
      )
    })
    await server.register(async (guarded) => {
      guarded.addHook('onRequest', async (request) => {
        const { client, gone, onOver } = visits.of(request)
        onOver(turnstile.enter(client, (refusal) => gone.abort(refusal)))
      })
      registerRoutes(guarded, served, limits, visits, createTurns())
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
function toRefusal(error: Error & { statusCode?: number }): Refusal {
  if (error instanceof Refusal) return error
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new Refusal(error.statusCode, error.message)
  return new Refusal(500, 'The gateway failed at this request. Try again; what was computed stays.')
}
