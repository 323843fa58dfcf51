import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'
import { chatEntry, oipEntry, startGateway, type StartedGateway } from '../testing/start-gateway.ts'

const STEP = JSON.stringify({
  inputs: [{ name: 'input_ids', datatype: 'INT64', shape: [1, 2], data: [3, 4] }],
})
const CHAT = JSON.stringify({ model: 'played', stream: true, messages: [{ role: 'user', content: 'a' }] })

/** Bytes of a static file that fill every buffer on the way, so that what comes behind it waits. */
const LARGE = 32 * 2 ** 20

/** Requests that an upstream has begun to serve and not been told to forget. */
const open = new Set<unknown>()
const root = mkdtempSync(join(tmpdir(), 'diffuscope-'))
let service: Serving
let gateway: StartedGateway
beforeAll(async () => {
  // Answers to a model's steps never come; streams never end; all else is answered at once.
  service = await serve((request, response) => {
    request.resume()
    response.setHeader('content-type', 'application/json')
    if (request.url?.endsWith('/infer') === true || request.url?.endsWith('/completions') === true) {
      open.add(response)
      response.once('close', () => open.delete(response))
      if (request.url.endsWith('/completions')) {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n')
      }
      return
    }
    request.on('end', () => response.end('{}'))
  })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(root, 'large.bin'), Buffer.alloc(LARGE))
  const tokenizer = join(root, 'tokenizer.json')
  writeFileSync(tokenizer, '{}')
  gateway = await startGateway(
    {
      limits: { requestsPerMinute: 1e6 },
      upstreams: [oipEntry([service.url], { tokenizer }), chatEntry(service.url)],
    },
    {},
    { root },
  )
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`
const post = (path: string, body: string, length = body.length) =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`

const MODEL = '/upstreams/small/v2/models/diffuscope-tiny'
const ROUTES: Readonly<Record<string, string>> = {
  'server metadata': get('/upstreams/small/v2'),
  'server health': get('/upstreams/small/v2/health/ready'),
  'model metadata': get(MODEL),
  'model configuration': get(`${MODEL}/config`),
  tokenizer: get('/upstreams/small/tokenizer.json'),
  step: post(`${MODEL}/infer`, STEP),
  models: get('/upstreams/chat/v1/models'),
  stream: post('/upstreams/chat/v1/chat/completions', CHAT),
  list: get('/api/upstreams'),
  page: get('/'),
  'large file': get('/large.bin'),
}

async function dial(from: string): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: gateway.port, localAddress: from })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

async function inFlight(): Promise<number> {
  const metrics = await gateway.metrics()
  return [...metrics.matchAll(/diffuscope_gateway_in_flight\{[^}]*\} (\d+)/g)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  )
}

/** How many of the page's files this process has open; 0 where the system does not tell. */
function openFiles(): number {
  const folder = '/proc/self/fd'
  if (!existsSync(folder)) return 0
  const pathOf = (descriptor: string) => {
    try {
      return readlinkSync(join(folder, descriptor))
    } catch {
      return ''
    }
  }
  return readdirSync(folder).filter((descriptor) => pathOf(descriptor).startsWith(root)).length
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** What is on its way: in the gateway, at the upstream, and as files of the page. */
const held = async () => ({ inFlight: await inFlight(), upstream: open.size, files: openFiles() })
const NOTHING = { inFlight: 0, upstream: 0, files: 0 }

/** How often nothing must be seen in a row: connections wait to be accepted, and hold nothing before they are. */
const IN_A_ROW = 6

/** That nothing is on its way any more, the upstream knows it, and whoever comes next is served: as the abuser, too. */
async function expectAllFree(clients: readonly string[]): Promise<void> {
  let last = await held()
  for (let attempt = 0, free = 0; attempt < 400 && free < IN_A_ROW; attempt++) {
    await pause(50)
    last = await held()
    free = Object.values(last).every((count) => count === 0) ? free + 1 : 0
  }
  expect(last).toEqual(NOTHING)
  for (const client of clients) {
    const socket = await dial(client)
    socket.write('GET /upstreams/small/v2 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n')
    const [head] = (await once(socket, 'data')) as [Buffer]
    expect(head.toString()).toMatch(/^HTTP\/1\.1 200/)
    socket.destroy()
  }
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200)
}

const CLIENTS = Array.from({ length: 16 }, (_, at) => `127.0.0.${20 + at}`)

/** Sends bytes over 32 connections of 16 clients; half of them are closed then, the others reset. */
async function storm(bytes: string): Promise<void> {
  const sockets = await Promise.all([...CLIENTS, ...CLIENTS].map(dial))
  for (const socket of sockets) {
    socket.pause()
    socket.write(bytes)
  }
  await pause(300)
  sockets.forEach((socket, at) => (at % 2 === 0 ? socket.destroy() : socket.resetAndDestroy()))
}

const HEAD = get('/large.bin')

describe('what a connection holds ends with it', () => {
  it.each(Object.keys(ROUTES))('1,024 pipelined requests behind an unread answer: %s', async (route) => {
    await storm(HEAD + ROUTES[route]!.repeat(31))
    await expectAllFree(CLIENTS)
  })

  it('1,024 pipelined steps that no answer leads', async () => {
    await storm(ROUTES['step']!.repeat(32))
    await expectAllFree(CLIENTS)
  })

  it('bodies that are half there, first in line and behind others', async () => {
    const half = post(`${MODEL}/infer`, STEP.slice(0, 20), STEP.length)
    await storm(half)
    await storm(HEAD + ROUTES['step']!.repeat(8) + half)
    await expectAllFree(CLIENTS)
  })

  it('half read answers', async () => {
    await storm(ROUTES['stream']!)
    await expectAllFree(CLIENTS)
  })

  it('and goes on where the other side has only stopped to send', async () => {
    const socket = await dial(CLIENTS[0]!)
    socket.write(ROUTES['list']!)
    socket.end()
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/)
    await expectAllFree([])
  })

  it('and is cut where its line of unanswered requests grows without end', async () => {
    const socket = await dial(CLIENTS[0]!)
    const closed = once(socket.resume(), 'close')
    socket.write(ROUTES['step']!.repeat(40))
    await closed
    await expectAllFree([CLIENTS[0]!])
  })
})
