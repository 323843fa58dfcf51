import type { ServerResponse } from 'node:http'
import { listen, type Listening } from './listen.ts'

export interface PlayedService extends Listening {
  /** Bodies of the requests so far, parsed. */
  readonly asked: Record<string, unknown>[]
}

/** A real server on this machine that answers every request as `play` says. */
export async function playService(
  play: (response: ServerResponse, body: Record<string, unknown>) => void | Promise<void>,
): Promise<PlayedService> {
  const asked: Record<string, unknown>[] = []
  const server = await listen((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      asked.push(body)
      void play(response, body)
    })
  })
  return { ...server, asked }
}

/** Sends parts of a stream, one write each. */
export function playParts(response: ServerResponse, parts: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const part of parts) response.write(part)
  response.end()
}
