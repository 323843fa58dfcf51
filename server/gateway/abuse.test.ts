import { once } from 'node:events'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'
import { oipEntry, startGateway, type StartedGateway } from '../testing/start-gateway.ts'

const STEP = JSON.stringify({
  inputs: [{ name: 'input_ids', datatype: 'INT64', shape: [1, 2], data: [3, 4] }],
})
const INFER = '/upstreams/small/v2/models/diffuscope-tiny/infer'
const ABUSER = '127.0.0.2'

let service: Serving
let gateway: StartedGateway
const reached: string[] = []
beforeAll(async () => {
  service = await serve((request, response) => {
    reached.push(request.url ?? '')
    request.resume()
    response.setHeader('content-type', 'application/json')
    request.on('end', () => response.end('{"outputs":[]}'))
  })
  gateway = await startGateway({
    limits: { requestsPerMinute: 300, bodyBytes: 65_536, jsonBytes: 32_768, connections: 40 },
    upstreams: [oipEntry([service.url])],
  })
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

interface Said {
  readonly status: number
  readonly body: string
}

/** A request over a connection of its own, from another loopback address than everybody else's. */
function ask(options: RequestOptions, body = '', from = ABUSER): Promise<Said> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: gateway.port, localAddress: from, agent: false, ...options },
      (response) => {
        let text = ''
        response.on('data', (part: Buffer) => (text += part.toString()))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
      },
    )
    request.on('error', reject).end(body)
  })
}

/** Sends bytes as they are; what comes back until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const socket = await dial()
  let text = ''
  socket.on('data', (part: Buffer) => (text += part.toString()))
  socket.write(bytes)
  await once(socket, 'close')
  return text
}

async function dial(from = ABUSER): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: gateway.port, localAddress: from })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** That somebody else is served meanwhile, and soon. */
async function expectOthersServed(): Promise<void> {
  const response = await fetch(gateway.url + INFER, { method: 'POST', body: STEP })
  expect([response.status, await response.json()]).toEqual([200, { outputs: [] }])
}

describe('an abusive client is refused, and the others are served', () => {
  it('who floods', async () => {
    const answers: Said[] = []
    for (let batch = 0; batch < 20; batch++) {
      answers.push(
        ...(await Promise.all(
          Array.from({ length: 20 }, () =>
            ask({ path: INFER, method: 'POST', localAddress: '127.0.0.3' }, STEP),
          ),
        )),
      )
    }
    const refused = answers.filter(({ status }) => status === 429)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(300)
    expect(refused).toHaveLength(100)
    expect(refused[0]?.body).toMatch(/^\{"error":"At most 300 requests a minute\. Wait a moment\."\}$/)
    await expectOthersServed()
  })

  it('who sends giant bodies, announced or not', async () => {
    const giant = 'x'.repeat(5_000_000)
    const before = reached.length
    for (const headers of [{ 'content-length': String(giant.length) }, { 'transfer-encoding': 'chunked' }]) {
      const answer = await ask({ path: INFER, method: 'POST', headers }, giant).catch((error: Error) => error)
      // The connection may be gone before all was sent; an answer says why.
      if (!(answer instanceof Error)) expect(answer).toMatchObject({ status: 413 })
    }
    expect(reached.length).toBe(before)
    await expectOthersServed()
  })

  it('who opens connections without end, or says nothing on them', async () => {
    const sockets = await Promise.all(Array.from({ length: 60 }, () => dial('127.0.0.4')))
    const ended = sockets.filter((socket) => socket.destroyed || socket.readableEnded)
    await Promise.all(
      sockets.slice(40).map((socket) => (ended.includes(socket) ? null : once(socket.resume(), 'close'))),
    )
    expect(sockets.filter((socket) => !socket.destroyed)).toHaveLength(40)
    await expectOthersServed()
    for (const socket of sockets) socket.destroy()
  })

  it('who sends a head byte by byte', async () => {
    const socket = await dial()
    const begun = performance.now()
    const closed = once(socket.resume(), 'close')
    socket.write('GET /api/upstreams HTTP/1.1\r\nhost: localhost\r\n')
    const dribble = setInterval(() => socket.write('x'), 500)
    await expectOthersServed()
    await closed
    clearInterval(dribble)
    expect(performance.now() - begun).toBeGreaterThan(5_000)
  })

  it.each([
    '/upstreams/small/v2/../../../etc/passwd',
    '/upstreams/small/v2/%2e%2e/%2e%2e/metrics',
    '/upstreams/small/v2//models',
    '/upstreams/small/v2/models/..%2f..%2fv2',
    '/upstreams/small/v2/models/diffuscope-tiny/config/../../../repository/index',
    '/upstreams/small/v2/systemsharedmemory/status',
    '/upstreams/small/v2/logging',
    '/upstreams/small/replicas/0/v2',
    '/upstreams/small@127.0.0.1:1/v2',
    '/upstreams/http:%2f%2f127.0.0.1:1/v2',
    '/upstreams/__proto__/v2',
    '/upstreams/constructor/v2',
    '/upstreams//v2',
    '/upstreams/%00/v2',
    '/upstreams/%/v2',
    '//127.0.0.1/upstreams',
    '/upstreams/../package.json',
  ])('who tries the path %s', async (path) => {
    const before = reached.length
    const { status, body } = await ask({ path })
    expect([400, 403, 404]).toContain(status)
    expect(body).not.toMatch(/root:|diffuscope"/)
    expect(reached.length).toBe(before)
  })

  it('who asks for a host that is not listed', async () => {
    const elsewhere = await serve((_, response) => response.end('reached'))
    const { port } = elsewhere
    const attempts = [
      `GET http://127.0.0.1:${port}/ HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`,
      `GET http://127.0.0.1:${port}/upstreams/small/v2 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
      `GET /upstreams/small/v2 HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-host: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`,
    ]
    for (const attempt of attempts) expect(await raw(attempt)).not.toContain('reached')
    await elsewhere.close()
  })

  it.each([
    [{ host: 'evil.example' }, 421],
    [{ host: 'localhost.evil.example' }, 421],
    [{ host: 'evil.example@localhost' }, 421],
    [{ host: 'localhost', 'sec-fetch-site': 'cross-site' }, 403],
    [{ host: 'localhost', 'sec-fetch-site': 'same-site' }, 403],
    [{ host: 'localhost', origin: 'http://evil.example' }, 403],
    [{ host: 'localhost', origin: 'null' }, 403],
    [{ host: 'localhost', origin: 'http://localhost:4173' }, 403],
    [{ host: '192.168.1.7:4173', origin: 'http://192.168.1.7:8080' }, 403],
    [{ host: 'localhost:4173', origin: 'http://localhost:4173' }, 200],
    [{ host: 'localhost', 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, 200],
    [{ host: '[::1]:4173' }, 200],
  ])('who comes from another site: %j', async (headers, expected) => {
    const { status, body } = await ask({ path: INFER, method: 'POST', headers }, STEP)
    expect(status).toBe(expected)
    if (expected !== 200) expect(body).toMatch(/^\{"error":"This gateway .*\."\}$/)
  })

  it('who hides a second request or a head in a head', async () => {
    const before = reached.length
    const attempts = [
      // Two lengths that disagree, and both ways of telling one: smuggling.
      `POST ${INFER} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ncontent-length: 40\r\n\r\nGET `,
      `POST ${INFER} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      `POST ${INFER} HTTP/1.1\r\nhost: localhost\r\nx: a\n\rb\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      `POST ${INFER} HTTP/1.1\r\nhost: localhost\r\ninference-header-content-length: 5\r\n x: y\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      `POST ${INFER} HTTP/1.1\r\nhost: localhost\r\n${'x'.repeat(20_000)}: y\r\n\r\n`,
    ]
    for (const attempt of attempts) expect(await raw(attempt)).toMatch(/^HTTP\/1\.1 4\d\d/)
    expect(reached.length).toBe(before)
    for (const value of ['5\u00ff', '-1', '1e9', '99999999999999999999']) {
      const headers = { 'inference-header-content-length': value }
      expect(await ask({ path: INFER, method: 'POST', headers }, STEP)).toMatchObject({ status: 400 })
    }
    await expectOthersServed()
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('who uses %s', async (method) => {
    const { status } = await ask({ path: INFER, method })
    expect([400, 404, 405]).toContain(status)
  })
})
