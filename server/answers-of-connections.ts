import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'

/** Most requests of one connection that wait for their answers. Browsers send the next after the last answer. */
const MOST_PIPELINED = 32

/**
 * Ends every answer with its connection. Answers to pipelined requests stand in line, and Node tells only the first
 * of them that their connection is gone: the others would hold what they hold (a place in a turnstile, a file, a
 * request to an upstream) for ever. A connection with too long a line is cut.
 */
export function endAnswersWithConnections(fastify: FastifyInstance): void {
  const lines = new WeakMap<Socket, Set<ServerResponse>>()

  function lineOf(socket: Socket): Set<ServerResponse> {
    const known = lines.get(socket)
    if (known !== undefined) return known
    const line = new Set<ServerResponse>()
    lines.set(socket, line)
    socket.once('close', () => {
      for (const response of line) {
        response.destroy()
        // Without a socket of its own it says nothing by itself.
        response.emit('close')
      }
    })
    return line
  }

  fastify.server.prependListener('request', ({ socket }, response) => {
    const line = lineOf(socket)
    line.add(response)
    response.once('close', () => line.delete(response))
    if (line.size > MOST_PIPELINED) socket.destroy()
  })
  // A file may have been opened for an answer whose connection has gone meanwhile.
  fastify.addHook('onSend', async (_request, reply, payload) => {
    if (reply.raw.destroyed && payload instanceof Readable) payload.destroy()
  })
}

/** Calls `left` once: when an answer is out, or as soon as nobody waits for it any more. */
export function whenOver(response: ServerResponse, left: () => void): void {
  if (response.destroyed) left()
  else response.once('close', left)
}
