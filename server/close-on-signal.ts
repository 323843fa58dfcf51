import type { FastifyInstance } from 'fastify'

/** Milliseconds that running steps and streams are given to end. */
const PATIENCE_MS = 25_000

/**
 * Ends the process at SIGINT or SIGTERM: servers take nothing new and let what runs end, one after the other, so
 * that whoever depends on the next is closed before it. A second signal ends it at once.
 */
export function closeOnSignal(servers: readonly FastifyInstance[]): void {
  let isClosing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isClosing) process.exit(1)
      isClosing = true
      setTimeout(() => process.exit(0), PATIENCE_MS)
      void closeAll(servers).then(() => process.exit(0))
    })
  }
}

async function closeAll(servers: readonly FastifyInstance[]): Promise<void> {
  for (const server of servers) await server.close()
}
