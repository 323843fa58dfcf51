import type { ServerResponse } from 'node:http'
import { serve } from './serve.ts'

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
  const { url, close } = await serve((request, response) => {
    let text = ''
    request.on('data', (part: Buffer) => (text += part.toString()))
    request.on('end', () => {
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
      asked.push(body)
      void play(response, body)
    })
  })
  return { base: `${url}/`, asked, close }
}

/** Sends parts of a stream, one write each, each followed by a pause; ends early where nobody listens any more. */
export async function playParts(
  response: ServerResponse,
  parts: readonly string[],
  pauseMs = 0,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const part of parts) {
    if (response.destroyed) return
    response.write(part)
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  response.end()
}
