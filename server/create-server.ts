import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { ISOLATION_HEADERS, SECURITY_HEADERS } from './headers.ts'

export interface ServerOptions {
  /** Folder of the production build. */
  readonly root: string
  /** Whether to send the isolation headers; without them the page runs on one thread. */
  readonly isolated: boolean
}

/** The web server of the page: static files with the headers that threads and safety need. */
export function createServer({ root, isolated }: ServerOptions): FastifyInstance {
  const server = Fastify({ logger: false })
  const headers = { ...SECURITY_HEADERS, ...(isolated ? ISOLATION_HEADERS : {}) }
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(headers)
  })
  void server.register(fastifyStatic, {
    root,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      // Files under assets/ carry their hash in the name; everything else is asked for again.
      const immutable = path.startsWith(join(root, 'assets'))
      void reply.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  server.setNotFoundHandler((_request, reply) => {
    void reply.code(404).type('text/plain').send('Nothing is here. The page is at /.')
  })
  return server
}
