import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { FastifyReply } from 'fastify'
import { createServer } from '../../server/create-server.ts'

/** How a service answers: parts of its stream, each after a pause. */
interface PlayedStream {
  readonly parts: readonly string[]
  readonly pauseMs: number
}

export interface SmallGatewayOptions {
  readonly upstreams: readonly { readonly id: string }[]
  /** Where the replicas of model servers are, by id. */
  readonly servers?: Readonly<Record<string, string>>
  /** What services send, by id. */
  readonly streams?: Readonly<Record<string, PlayedStream>>
  /** Tokenizer files, by id. */
  readonly tokenizers?: Readonly<Record<string, string>>
  readonly token?: string
  /** Milliseconds that every step waits before it is passed on, so that a run can be met in its middle. */
  readonly delayMs?: number
}

export interface SmallGateway {
  readonly address: string
  /** Paths that were asked for, with whether they carried the token. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * The page with a gateway as its contract says, and no more: what the page does with upstreams can be tested by it
 * alone, each fault at the moment that a test wants.
 */
export async function startSmallGateway(options: SmallGatewayOptions): Promise<SmallGateway> {
  const { upstreams, servers = {}, streams = {}, tokenizers = {}, token, delayMs = 0 } = options
  const asked: string[] = []
  const root = fileURLToPath(new URL('../../dist', import.meta.url))
  const server = createServer({ root, isolated: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  server.addHook('onRequest', async (request, reply) => {
    if (!/^\/(api|upstreams)\//.test(request.url)) return
    asked.push(request.url)
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      await reply.code(401).send({ error: 'The gateway asks for its access token.' })
    }
  })
  server.get('/api/upstreams', () => ({ version: 1, upstreams }))

  server.get<{ Params: { id: string } }>('/upstreams/:id/tokenizer.json', ({ params }, reply) => {
    const file = tokenizers[params.id]
    return file === undefined
      ? reply.code(404).send({ error: 'none' })
      : reply.type('application/json').send(file)
  })
  server.get('/upstreams/:id/v1/models', (_request, reply) => reply.code(404).send({ error: 'not here' }))

  server.post<{ Params: { id: string } }>('/upstreams/:id/v1/chat/completions', async ({ params }, reply) => {
    const stream = streams[params.id]
    if (stream === undefined) return reply.code(502).send({ error: 'The service does not answer.' })
    reply.hijack()
    await play(reply, stream)
    return reply
  })

  server.all<{ Params: { id: string; '*': string } }>('/upstreams/:id/*', async (request, reply) => {
    const base = servers[request.params.id]
    const isStep = request.url.endsWith('/infer')
    if (isStep) await pause(delayMs)
    const path = request.url.slice(`/upstreams/${request.params.id}`.length)
    try {
      const begun = performance.now()
      const headers = Object.fromEntries(
        ['content-type', 'inference-header-content-length'].flatMap((name) => {
          const value = request.headers[name]
          return typeof value === 'string' ? [[name, value]] : []
        }),
      )
      const body = request.method === 'POST' ? new Uint8Array(request.body as Buffer) : null
      const answer = await fetch(`${base}${path}`, { method: request.method, headers, body })
      const content = Buffer.from(await answer.arrayBuffer())
      const length = answer.headers.get('inference-header-content-length')
      if (length !== null) void reply.header('inference-header-content-length', length)
      // The reference server queues nothing here: all of its time is the pass.
      if (isStep) void reply.header('server-timing', `queue;dur=0, compute;dur=${performance.now() - begun}`)
      return await reply
        .code(answer.status)
        .type(answer.headers.get('content-type') ?? '')
        .send(content)
    } catch {
      return reply.code(502).send({ error: 'The model server does not answer.' })
    }
  })

  await server.listen({ port: 0, host: 'localhost' })
  const { port } = server.server.address() as AddressInfo
  return {
    address: `http://localhost:${port}`,
    asked,
    async close() {
      server.server.closeAllConnections()
      await server.close()
    },
  }
}

async function play({ raw }: FastifyReply, { parts, pauseMs }: PlayedStream): Promise<void> {
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  for (const part of parts) {
    if (raw.destroyed) return
    raw.write(part)
    await pause(pauseMs)
  }
  raw.end()
}
