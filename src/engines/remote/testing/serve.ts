import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Serving {
  readonly url: string
  readonly port: number
  /** Cuts what is open and stops. */
  close(): Promise<void>
}

/** A plain HTTP server on a loopback port of its own. */
export async function serve(listener: RequestListener): Promise<Serving> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}
