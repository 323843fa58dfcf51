import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PlayedService {
  /** Ends in a slash. */
  readonly base: string
  /** Bodies of the requests so far, parsed. */
  readonly asked: Record<string, unknown>[]
  close(): Promise<void>
}

/** A real server on this machine that answers every request as `play` says. */
export async function playService(
  play: (response: ServerResponse, body: Record<string, unknown>) => void | Promise<void>,
): Promise<PlayedService> {
  const asked: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      asked.push(body)
      void play(response, body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Sends parts of a stream, one write each. */
export function playParts(response: ServerResponse, parts: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const part of parts) response.write(part)
  response.end()
}
