import { join } from 'node:path'
import helmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
} from 'fastify'
import { endAnswersWithConnections } from './answers-of-connections.ts'
import { endIdleConnections } from './end-idle-connections.ts'
import type { Configuration } from './gateway/configuration.ts'
import { createMetrics, type Metrics } from './gateway/metrics.ts'
import { registerGateway } from './gateway/register-gateway.ts'
import { isFramedWhole, securityHeaders } from './headers.ts'
import { mendAddresses } from './mend-addresses.ts'

export interface ServerOptions {
  /** Folder of the production build. */
  readonly root: string
  /** Whether to send the isolation headers; without them the page runs on one thread. */
  readonly isolated: boolean
  /** The gateway to model servers; without it the page runs the bundled model only. */
  readonly gateway?: Configuration
  /** What the gateway counts in. */
  readonly metrics?: Metrics
  readonly logger?: FastifyServerOptions['logger']
}

/** Milliseconds that a client may take to send a request's head, and all of it. */
const HEAD_MS = 10_000
const REQUEST_MS = 30_000

/** The server of the page: its files with the headers that threads and safety need, and the gateway. */
export function createServer({
  root,
  isolated,
  gateway,
  metrics = createMetrics(),
  logger = false,
}: ServerOptions): FastifyInstance {
  const server = Fastify({
    logger,
    // A request's line would hold what a client wrote; `onResponse` below logs its route instead.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address: string, hop: number) => hop < (gateway?.trustedProxies ?? 0),
    requestTimeout: REQUEST_MS,
    http: { headersTimeout: HEAD_MS, connectionsCheckingInterval: 1_000 },
    forceCloseConnections: 'idle',
  })
  endIdleConnections(server)
  endAnswersWithConnections(server)
  server.addHook('onRequest', async ({ raw: { rawHeaders } }, reply) => {
    // Of two names a proxy in front may have judged the other.
    const names = rawHeaders.filter((header, at) => at % 2 === 0 && header.toLowerCase() === 'host')
    if (names.length > 1) return reply.code(400).type('text/plain').send('A request has one Host.')
  })
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, params } = request
    request.log.info({
      ...{ method, route: routeOptions.url ?? 'none', status: reply.statusCode },
      upstream: (params as { id?: string } | undefined)?.id?.slice(0, 40),
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    })
  })
  mendAddresses(server)
  void server.register(helmet, securityHeaders(isolated))
  server.addHook('onSend', async (request, reply) => {
    const destination = request.headers['sec-fetch-dest']
    if (isFramedWhole(destination, request.url)) void reply.header('X-Frame-Options', 'SAMEORIGIN')
  })
  void server.register(fastifyStatic, {
    root,
    cacheControl: false,
    preCompressed: true,
    // What the build notes for itself.
    dotfiles: 'ignore',
    setHeaders(reply, path) {
      // Files under assets/ carry their hash in the name; everything else is asked for again.
      const immutable = path.startsWith(join(root, 'assets'))
      // A frame in a sandbox has an origin of its own, and fetches scripts, styles and recordings across origins.
      void reply.header('Access-Control-Allow-Origin', '*')
      void reply.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // The article by its short address; one with a slash behind would look for its files in a folder.
  server.get('/learn', (_request, reply) => reply.sendFile('learn.html'))
  server.get('/learn/', (_request, reply) => reply.redirect('../learn', 301))
  if (gateway !== undefined) registerGateway(server, gateway, metrics)
  const nothing = (reply: FastifyReply) =>
    reply.code(404).type('text/plain').send('Nothing is here. The page is at /.')
  server.setNotFoundHandler((_request, reply) => nothing(reply))
  // What no file can be named, such as a name of a thousand letters, is refused before it is looked for.
  server.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const { statusCode = 500 } = error
    if (statusCode === 403 || statusCode === 404) return nothing(reply)
    return reply
      .code(statusCode)
      .type('text/plain')
      .send(statusCode < 500 ? error.message : 'The server failed. Try again.')
  })
  return server
}
