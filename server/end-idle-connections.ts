import type { FastifyInstance } from 'fastify'

/** Milliseconds between looks for connections that have become idle. */
const SWEEP_MS = 50

/** While a server closes, ends each connection once its last answer is out: kept alive, it would be waited for. */
export function endIdleConnections(fastify: FastifyInstance): void {
  const { server } = fastify
  fastify.addHook('preClose', async () => {
    if (!server.listening) return
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    server.once('close', () => clearInterval(sweep))
  })
}
