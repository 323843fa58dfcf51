import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { JSON_LENGTH_HEADER } from '../../src/engines/remote/oip-message.ts'
import { serve } from '../../src/engines/remote/testing/serve.ts'
import { oipEntry, startGateway, type StartedGateway } from '../testing/start-gateway.ts'
import { createDispatcher } from './dispatcher.ts'
import { exchange } from './exchange.ts'
import { watchStalls } from './stalls.ts'

const STEP = JSON.stringify({
  inputs: [{ name: 'input_ids', datatype: 'INT64', shape: [1, 2], data: [3, 4] }],
})
const INFER = '/upstreams/small/v2/models/diffuscope-tiny/infer'

const open: { close(): unknown }[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(open.splice(0).map((one) => one.close()))
})

/** A gateway to a model server that answers when it is told to. */
async function held(limits: Record<string, number>) {
  const waiting: ServerResponse[] = []
  const service = await serve((request, response) => {
    request.resume()
    waiting.push(response)
  })
  const gateway = await startGateway({ limits, trustedProxies: 1, upstreams: [oipEntry([service.url])] })
  open.push(gateway, service)
  const answer = () => {
    for (const response of waiting.splice(0)) {
      response.setHeader('content-type', 'application/json')
      response.end('{"outputs":[]}')
    }
  }
  return { gateway, waiting, answer }
}

/** A connection of a client behind a proxy that says who it is. */
async function dial({ port }: StartedGateway): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

async function send(
  gateway: StartedGateway,
  client: string,
  bytes: string | Buffer,
  more = '',
): Promise<Socket> {
  const socket = await dial(gateway)
  const head = `POST ${INFER} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: ${client}\r\n`
  socket.write(`${head}${more === '' ? `content-length: ${bytes.length}\r\n` : more}\r\n`)
  socket.write(bytes)
  return socket
}

const firstOf = async (socket: Socket) => String((await once(socket, 'data'))[0])
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let attempt = 0; attempt < 200 && !(await holds()); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const ready = async ({ url }: StartedGateway) => (await fetch(`${url}/readyz`)).status

describe('places in the gateway', () => {
  it('are given up by whoever has most, for whoever has fewer', async () => {
    const { gateway, waiting, answer } = await held({ concurrent: 4, concurrentTotal: 4 })
    const greedy: Socket[] = []
    for (let at = 0; at < 4; at++) {
      greedy.push(await send(gateway, '192.0.2.1', STEP))
      await until(() => waiting.length === at + 1)
    }
    expect(await ready(gateway)).toBe(200)
    const refused = firstOf(greedy[3]!)
    const modest = await send(gateway, '192.0.2.2', STEP)
    expect(await refused).toMatch(/^HTTP\/1\.1 503 .*retry-after: 2.*Too many people are here right now\./is)
    await until(() => waiting.length === 5)
    answer()
    expect(await firstOf(modest)).toMatch(/^HTTP\/1\.1 200/)
  })

  it('are gone when everybody has one: then /readyz says so', async () => {
    const { gateway, waiting, answer } = await held({ concurrent: 2, concurrentTotal: 2 })
    for (const client of ['192.0.2.1', '192.0.2.2']) await send(gateway, client, STEP)
    await until(() => waiting.length === 2)
    expect(await ready(gateway)).toBe(503)
    expect(await firstOf(await send(gateway, '192.0.2.3', STEP))).toMatch(/^HTTP\/1\.1 503/)
    answer()
    await until(async () => (await ready(gateway)) === 200)
    expect(await ready(gateway)).toBe(200)
  })

  it('are counted by network, where addresses are plentiful', async () => {
    const { gateway, waiting } = await held({ concurrent: 2 })
    for (const last of [1, 2]) await send(gateway, `2001:db8::${last}`, STEP)
    await until(() => waiting.length === 2)
    expect(await firstOf(await send(gateway, '2001:db8::3', STEP))).toMatch(/^HTTP\/1\.1 429/)
    await send(gateway, '2001:db8:0:1::1', STEP)
    await until(() => waiting.length === 3)
    expect(waiting).toHaveLength(3)
  })
})

describe('bodies', () => {
  it('of JSON are refused before they are sent where they are too long to be read in a moment', async () => {
    const { gateway, waiting } = await held({})
    const announced = `content-length: ${2 ** 20}\r\n`
    expect(await firstOf(await send(gateway, '192.0.2.1', '{', announced))).toMatch(
      /^HTTP\/1\.1 413 .*connection: close.*at most 65536 bytes of JSON/is,
    )
    const chunked = await send(
      gateway,
      '192.0.2.1',
      `12000\r\n${'x'.repeat(0x12000)}\r\n`,
      'transfer-encoding: chunked\r\n',
    )
    expect(await firstOf(chunked)).toMatch(/^HTTP\/1\.1 413/)
    const head = `content-length: ${2 ** 20}\r\n${JSON_LENGTH_HEADER}: 70000\r\n`
    expect(await firstOf(await send(gateway, '192.0.2.1', '{', head))).toMatch(/^HTTP\/1\.1 413/)
    expect(waiting).toHaveLength(0)
  })

  it('that are held take no more memory than they may, and give way to others', async () => {
    const { gateway, waiting, answer } = await held({ heldBytes: 2 ** 22, requestsPerMinute: 1e6 })
    const unfinished = `content-length: ${2 ** 20}\r\n${JSON_LENGTH_HEADER}: 100\r\n`
    const most = Buffer.alloc(2 ** 20 - 10)
    const refused: string[] = []
    for (let at = 0; at < 32; at++) {
      const socket = await send(gateway, `192.0.2.${1 + (at % 4)}`, most, unfinished)
      socket.once('data', (part: Buffer) => refused.push(String(part)))
    }
    await until(() => refused.length >= 28)
    // Four of them fit, less what the others' beginnings take.
    expect(refused.length).toBeGreaterThanOrEqual(28)
    for (const answer of refused) expect(answer).toMatch(/^HTTP\/1\.1 503 .*Too many long requests/is)
    const modest = await send(gateway, '192.0.2.99', STEP)
    await until(() => waiting.length === 1)
    answer()
    expect(await firstOf(modest)).toMatch(/^HTTP\/1\.1 200/)
  })
})

describe('a replica that breaks off', () => {
  async function ask(holdUpMs: number, breaks: number) {
    let requests = 0
    const server = await serve((request, response) => {
      if (requests++ < breaks) request.socket.resetAndDestroy()
      else response.end('{}')
    })
    const now = () => performance.now()
    const [dispatcher, stalls] = [createDispatcher({ allowPrivate: true, keepAlive: true }), watchStalls(now)]
    open.push(server, dispatcher, { close: stalls.stop })
    const failed: string[] = []
    for (const begun = now(); now() - begun < holdUpMs;);
    const asked = { method: 'GET', path: '/v2', headers: {}, body: null, idempotent: true } as const
    const replicas = { order: () => [server.url], failed: (which: string) => failed.push(which) }
    const options = {
      dispatcher,
      stalls,
      replicas,
      silentMs: 5000,
      label: 'It',
      now,
      onFailOver: () => undefined,
    }
    const answer = exchange(asked, options, new AbortController().signal).then(
      ({ body }) => body.text(),
      (refusal: Error) => refusal.message,
    )
    return { answer: await answer, failed: failed.length }
  }

  it('is asked again, and not put to rest, where this process itself was held up', async () => {
    expect(await ask(400, 1)).toEqual({ answer: '{}', failed: 0 })
  })

  it('is asked once more where it was not: its connection may have been old', async () => {
    expect(await ask(0, 1)).toEqual({ answer: '{}', failed: 0 })
  })

  it('rests where it breaks off again', async () => {
    const answer = 'It cannot be reached. Try again when it is back.'
    expect(await ask(0, 2)).toEqual({ answer, failed: 1 })
  })
})
