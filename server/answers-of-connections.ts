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
      for (const response of line) end(response)
    })
    return line
  }

  fastify.server.prependListener('request', ({ socket }, response) => {
    const line = lineOf(socket)
    line.add(response)
    response.once('close', () => line.delete(response))
    // What was read before the connection went is still handed out after it.
    if (socket.closed) end(response)
    if (line.size > MOST_PIPELINED) socket.destroy()
  })
  // A file is opened before its answer is begun: its connection may have gone meanwhile, or goes before the first byte.
  fastify.addHook('onSend', async (_request, reply, payload) => {
    if (payload instanceof Readable) whenOver(reply.raw, () => payload.destroy())
  })
}

function end(response: ServerResponse): void {
  response.destroy()
  // Without a socket of its own it says nothing by itself.
  response.emit('close')
}

/** Who waits for the end of an answer: one listener of its response, however many they are. */
const waiting = new WeakMap<ServerResponse, (() => void)[]>()

/** Calls `left` once: when an answer is out, or as soon as nobody waits for it any more. */
export function whenOver(response: ServerResponse, left: () => void): void {
  if (response.destroyed) return left()
  const others = waiting.get(response)
  if (others !== undefined) {
    others.push(left)
    return
  }
  const all = [left]
  waiting.set(response, all)
  response.once('close', () => all.forEach((each) => each()))
}
