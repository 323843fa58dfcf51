import type { FastifyInstance } from 'fastify'
import { mendedAddress } from '../src/share/link/address.ts'

/** Leads addresses whose '#' some program escaped to what they were meant to be: a server sees no true hash. */
export function mendAddresses(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ method, url }, reply) => {
    if (method !== 'GET' && method !== 'HEAD') return
    const mended = mendedAddress(url)
    if (mended !== null) return reply.header('Cache-Control', 'no-store').redirect(mended, 302)
  })
}
