import { mkdtempSync, writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { DEMANDS, openServer } from '../../scripts/conformance/suite.ts'
import { bundledModel } from '../model-server/bundled-model.ts'
import { createModelServer } from '../model-server/create-model-server.ts'
import { eventOf, playStream, STREAMS } from '../testing/play-stream.ts'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'
import { chatEntry, oipEntry, startGateway } from '../testing/start-gateway.ts'

const KEY = 'key-of-the-service-0123456789'
const TOKEN = 'token-of-the-gateway'
const STEP = JSON.stringify({
  inputs: [{ name: 'input_ids', datatype: 'INT64', shape: [1, 2], data: [3, 4] }],
})
const CHAT = JSON.stringify({
  model: 'played',
  messages: [{ role: 'user', content: 'Fruits?' }],
  stream: true,
  max_tokens: 64,
})

const open: { close(): Promise<void> }[] = []
const kept = <T extends { close(): Promise<void> }>(one: T): T => {
  open.push(one)
  return one
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const upstream = async (listener: RequestListener): Promise<Serving> => kept(await serve(listener))
const gateway = async (...options: Parameters<typeof startGateway>) => kept(await startGateway(...options))
const post = (url: string, body: string, init: RequestInit = {}) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' }, ...init })
const said = async (response: Response) => ((await response.json()) as { error: string }).error
const infer = '/upstreams/small/v2/models/diffuscope-tiny/infer'
const chat = '/upstreams/chat/v1/chat/completions'

/** An upstream that keeps what it was asked. */
async function recorder(answer: (response: ServerResponse) => void = (response) => response.end('{}')) {
  const asked: { url: string; headers: IncomingHttpHeaders; body: string }[] = []
  const server = await upstream((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      asked.push({ url: request.url ?? '', headers: request.headers, body })
      response.setHeader('content-type', 'application/json')
      answer(response)
    })
  })
  return { ...server, asked }
}

describe('the gateway', () => {
  it('is what the model server is: it holds all that is demanded of one', async () => {
    const folder = fileURLToPath(new URL('../../e2e/models/tiny', import.meta.url))
    const model = bundledModel(folder, 1)
    await model.warmUp()
    const server = kept(createModelServer(model))
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const between = await gateway({ upstreams: [oipEntry([url])] })
    const opened = await openServer(`${between.url}/upstreams/small`, 'diffuscope-tiny')
    expect(opened.model.form).toBe('binary')
    for (const demand of Object.values(DEMANDS)) await demand(opened)
    const answer = await post(
      between.url + infer,
      JSON.stringify({
        inputs: [
          { name: 'input_ids', datatype: 'INT64', shape: [1, 4], data: [3, 9, 4, 0] },
          { name: 'attention_mask', datatype: 'INT64', shape: [1, 4], data: [1, 1, 1, 1] },
        ],
      }),
    )
    expect(answer.headers.get('server-timing')).toMatch(
      /^gateway;dur=[\d.]+, upstream;dur=[\d.]+, queue;dur=[\d.]+, compute;dur=[\d.]+$/,
    )
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('passes on no more of a request than it must, with its own key and without the client’s token', async () => {
    const service = await recorder()
    const { url } = await gateway(
      { tokenEnv: 'TOKEN', upstreams: [chatEntry(service.url, { keyEnv: 'KEY' })] },
      { KEY, TOKEN },
    )
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${TOKEN}`,
      cookie: 'a=b',
      'x-forwarded-for': '10.0.0.1',
      'x-anything': 'else',
    }
    expect((await post(`${url}${chat}?a=b`, CHAT, { headers })).status).toBe(200)
    const [asked] = service.asked
    expect(asked).toMatchObject({ url: '/v1/chat/completions', body: CHAT })
    expect(asked?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'accept-encoding': 'identity' })
    expect(Object.keys(asked?.headers ?? {}).sort()).toEqual(
      [
        'accept',
        'accept-encoding',
        'authorization',
        'connection',
        'content-length',
        'content-type',
        'host',
      ].sort(),
    )
  })

  it('asks for its token, where it has one, but not for the page', async () => {
    const service = await recorder()
    const { url } = await gateway({ tokenEnv: 'TOKEN', upstreams: [oipEntry([service.url])] }, { TOKEN })
    for (const path of ['/api/upstreams', '/upstreams/small/v2', '/metrics', '/upstreams/none']) {
      for (const authorization of [undefined, 'Bearer wrong-token', TOKEN, `Bearer ${TOKEN}x`]) {
        const refused = await fetch(url + path, { headers: { ...(authorization && { authorization }) } })
        expect(refused.status).toBe(401)
        expect(await said(refused)).toMatch(/access token/)
      }
    }
    const answer = await fetch(`${url}/api/upstreams`, { headers: { authorization: `Bearer ${TOKEN}` } })
    expect(await answer.json()).toMatchObject({ version: 1, upstreams: [{ id: 'small' }] })
    for (const path of ['/', '/healthz', '/readyz']) expect((await fetch(url + path)).status).toBe(200)
    expect(service.asked).toEqual([])
  })

  it('never lets a key out, wherever an upstream puts it', async () => {
    const leaks: Record<string, RequestListener> = {
      body: (_, response) => response.end(`{"your key": "${KEY}"}`),
      cut: (_, response) => {
        response.write(`{"your key": "${KEY.slice(0, 9)}`)
        setTimeout(() => response.end(`${KEY.slice(9)}"}`), 20)
      },
      events: (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        for (const part of [KEY.slice(0, 3), KEY.slice(3, 4), KEY.slice(4)]) response.write(part)
        response.end()
      },
      heads: (_, response) => {
        response.writeHead(200, { 'x-key': KEY, 'server-timing': 'a', 'retry-after': KEY, 'set-cookie': KEY })
        response.end('{}')
      },
      error: (_, response) => response.writeHead(400).end(`{"error":{"message":"bad key ${KEY}"}}`),
      refusal: (_, response) => response.writeHead(401).end(`{"error":"Incorrect API key: ${KEY}"}`),
    }
    for (const [name, listener] of Object.entries(leaks)) {
      const service = await upstream((request, response) => {
        request.resume()
        request.on('end', () => listener(request, response))
      })
      const { url } = await gateway({ upstreams: [chatEntry(service.url, { keyEnv: 'KEY' })] }, { KEY })
      const response = await post(url + chat, CHAT)
      const everything = JSON.stringify([...response.headers]) + (await response.text())
      expect(everything, name).not.toContain(KEY)
      expect(everything, name).not.toContain(KEY.slice(0, 9))
      if (name === 'refusal') expect(response.status).toBe(502)
      if (name === 'error') expect(everything).toContain('bad key ****')
    }
  })

  it.each(Object.keys(STREAMS) as (keyof typeof STREAMS)[])(
    'passes a stream of the dialect %s on, event by event',
    async (dialect) => {
      const service = await upstream(playStream(dialect, 120))
      const { url } = await gateway(
        { upstreams: [chatEntry(service.url, { dialect, keyEnv: 'KEY' })] },
        { KEY },
      )
      const response = await post(url + chat, CHAT)
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      const arrivals: number[] = []
      let text = ''
      for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
        arrivals.push(performance.now())
        text += new TextDecoder().decode(part)
      }
      expect(text).toBe(`: keep-alive\n\n${STREAMS[dialect].map(eventOf).join('')}data: [DONE]\n\n`)
      expect(arrivals.at(-1)! - arrivals[0]!).toBeGreaterThan(250)
    },
  )

  it('tells the upstream when a client leaves, before the first byte and in the middle', async () => {
    for (const early of [true, false]) {
      let left: () => void = () => undefined
      const gone = new Promise<void>((resolve) => (left = resolve))
      let arrived: () => void = () => undefined
      const there = new Promise<void>((resolve) => (arrived = resolve))
      const service = await upstream((request, response) => {
        request.resume()
        response.once('close', left)
        if (!early) response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': waiting\n\n')
        arrived()
      })
      const { url } = await gateway({ upstreams: [chatEntry(service.url)] })
      const client = new AbortController()
      const answer = post(url + chat, CHAT, { signal: client.signal })
      await there
      if (early) {
        client.abort()
        await expect(answer).rejects.toThrow()
      } else {
        await (await answer).body?.getReader().read()
        client.abort()
      }
      await gone
    }
  })

  it('goes to the next replica where one cannot be reached, and asks that one last for a while', async () => {
    const [first, second] = [await recorder(), await recorder()]
    const { url, metrics } = await gateway({ upstreams: [oipEntry([first.url, second.url])] })
    for (let call = 0; call < 4; call++) expect((await post(url + infer, STEP)).status).toBe(200)
    expect([first.asked.length, second.asked.length]).toEqual([2, 2])
    await first.close()
    for (let call = 0; call < 4; call++) expect((await post(url + infer, STEP)).status).toBe(200)
    expect(second.asked).toHaveLength(6)
    expect(await metrics()).toMatch(/fail_overs_total\{upstream="small"\} 1\n/)
    await second.close()
    const gone = await post(url + infer, STEP)
    expect(gone.status).toBe(502)
    expect(await said(gone)).toBe('Small model cannot be reached. Try again when it is back.')
  })

  it.each([
    ['a redirect', 302, 502, /redirect/],
    ['an error page', 500, 500, /answered with status 500/],
    ['a refused key', 403, 502, /does not accept this gateway's key/],
    ['an error that is long', 400, 400, /answered with status 400/],
    ['too many requests', 429, 429, /answered with status 429/],
  ])('turns %s into a status and a sentence', async (_, theirs, ours, sentence) => {
    const elsewhere = await recorder()
    const service = await recorder((response) =>
      response
        .writeHead(theirs, { location: elsewhere.url, 'content-type': 'text/html', 'retry-after': '7' })
        .end('<script>alert(1)</script>'.repeat(theirs === 400 ? 9000 : 1)),
    )
    const { url } = await gateway({ upstreams: [chatEntry(service.url)] })
    const response = await post(url + chat, CHAT)
    expect(response.status).toBe(ours)
    if (ours === 429) expect(response.headers.get('retry-after')).toBe('7')
    expect(await said(response)).toMatch(sentence)
    expect(elsewhere.asked).toEqual([])
  })

  it('shows no address of an upstream’s network, and turns a status that is none into a sentence', async () => {
    const errors: Record<string, [status: number, body: string]> = {
      'at (an address) key ****': [500, `{"error":{"message":"at http://10.1.2.3:8000/v1 key ${KEY}"}}`],
      'no route to (an address), (an address) or (an address)': [
        ...[400, '{"error":"no route to 10.1.2.3:8000, [fd00::7]:80 or fe80:0:0:1::2"}'],
      ] as [number, string],
      'Chat service answered with a status that is none: 999.': [999, '{}'],
    }
    for (const [sentence, [status, body]] of Object.entries(errors)) {
      const service = await recorder((response) => response.writeHead(status).end(body))
      const { url } = await gateway({ upstreams: [chatEntry(service.url, { keyEnv: 'KEY' })] }, { KEY })
      expect((await said(await post(url + chat, CHAT))).replace(/\*+/, '****')).toBe(sentence)
    }
  })

  it('gives answers a type of its own list, whatever is said beside it', async () => {
    for (const [theirs, ours] of [
      ['application/json+html; charset=utf-7', 'text/plain; charset=utf-8'],
      ['application/JSON; charset=utf-7', 'application/json'],
      ['text/event-stream; a=b', 'text/event-stream'],
    ] as const) {
      const service = await recorder((response) =>
        response.writeHead(200, { 'content-type': theirs }).end('{}'),
      )
      const { url } = await gateway({ upstreams: [chatEntry(service.url)] })
      expect((await post(url + chat, CHAT)).headers.get('content-type')).toBe(ours)
    }
  })

  it('lets nothing but data through to the page', async () => {
    const service = await recorder((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>'),
    )
    const { url } = await gateway({ upstreams: [chatEntry(service.url)] })
    const response = await post(url + chat, CHAT)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('gives up an upstream that stays silent, and cuts an answer that becomes too long', async () => {
    const silent = await upstream((request) => request.resume())
    const endless = await upstream((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const timer = setInterval(() => response.write(`: ${'x'.repeat(1000)}\n\n`), 1)
      response.once('close', () => clearInterval(timer))
    })
    const { url } = await gateway({
      limits: { silentSeconds: 1, answerBytes: 20_000 },
      upstreams: [chatEntry(silent.url), chatEntry(endless.url, { id: 'endless' })],
    })
    const late = await post(url + chat, CHAT)
    expect(late.status).toBe(504)
    expect(await said(late)).toBe('Chat service has not answered for 1 seconds. Try again later.')
    const cut = await post(`${url}/upstreams/endless/v1/chat/completions`, CHAT)
    await expect(cut.text()).rejects.toThrow()
  })

  it('refuses what is too long, for another model or broken, and asks nobody', async () => {
    const service = await recorder()
    const { url } = await gateway({
      limits: { tokens: 64, sequences: 2, bodyBytes: 4096 },
      upstreams: [oipEntry([service.url]), chatEntry(service.url)],
    })
    const step = (...shape: number[]) =>
      JSON.stringify({
        inputs: [
          { name: 'input_ids', datatype: 'INT64', shape, data: Array(shape.reduce((a, b) => a * b)).fill(1) },
        ],
      })
    const chatOf = (more: object) => JSON.stringify({ ...(JSON.parse(CHAT) as object), ...more })
    const cases: [string, string, number, RegExp][] = [
      [infer, step(1, 65), 422, /65 tokens are too long.*at most 64/],
      [infer, step(3, 64), 422, /3 sequences are too many/],
      [infer, step(1, 2, 3, 4), 422, /belongs to no step/],
      [infer, 'no json', 400, /is not JSON/],
      [infer, '{"inputs": 3}', 400, /inputs/],
      [infer, '', 400, /is not JSON/],
      [infer, 'x'.repeat(5000), 413, /at most 4096 bytes/],
      [chat, chatOf({ model: 'gpt-expensive' }), 422, /for the model played only/],
      [chat, chatOf({ n: 50 }), 422, /n is not as it must be/],
      [chat, chatOf({ max_tokens: 65 }), 422, /at most 64/],
      [chat, chatOf({ max_completion_tokens: 1e9 }), 422, /at most 64/],
      ['/upstreams/small/v2/models/another/infer', STEP, 404, /for the model diffuscope-tiny only/],
      ['/upstreams/none/v2/models/diffuscope-tiny/infer', STEP, 404, /no such upstream/],
      ['/upstreams/chat/v2/models/played/infer', STEP, 404, /no such upstream/],
      ['/upstreams/small/replicas/0/v2/models/diffuscope-tiny/infer', STEP, 404, /nothing here/],
      ['/upstreams/small/v2/repository/models/diffuscope-tiny/unload', '{}', 404, /nothing here/],
    ]
    for (const [path, body, status, sentence] of cases) {
      const response = await post(url + path, body)
      expect([response.status, await said(response)], path).toEqual([status, expect.stringMatching(sentence)])
    }
    expect(service.asked).toEqual([])
  })

  it('gives the page the tokenizer that is configured, and none that is not', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'diffuscope-')), 'tokenizer.json')
    writeFileSync(file, '{"version":"1.0"}')
    const { url } = await gateway({
      upstreams: [
        oipEntry(['http://127.0.0.1:9'], { tokenizer: file }),
        oipEntry(['http://127.0.0.1:9'], { id: 'bare' }),
      ],
    })
    expect(await (await fetch(`${url}/upstreams/small/tokenizer.json`)).json()).toEqual({ version: '1.0' })
    expect((await fetch(`${url}/upstreams/bare/tokenizer.json`)).status).toBe(404)
  })

  it('lets a running step end when it closes', async () => {
    let answer: () => void = () => undefined
    let arrived: () => void = () => undefined
    const there = new Promise<void>((resolve) => (arrived = resolve))
    const service = await recorder((response) => {
      answer = () => void response.end('{"outputs":[]}')
      arrived()
    })
    const { url, server } = await startGateway({ upstreams: [oipEntry([service.url])] })
    const running = post(url + infer, STEP)
    await there
    const closed = server.close()
    setTimeout(answer, 50)
    expect(await (await running).json()).toEqual({ outputs: [] })
    await closed
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })

  it('logs what happens, but no prompt, no key, no token and no address', async () => {
    let log = ''
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString()
        done()
      },
    })
    const service = await recorder((response) =>
      response.writeHead(500).end('{"error":"no memory for Fruits"}'),
    )
    const { url } = await gateway(
      { tokenEnv: 'TOKEN', upstreams: [chatEntry(service.url, { keyEnv: 'KEY' })] },
      { KEY, TOKEN },
      { logger: { level: 'trace', stream } },
    )
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` }
    await post(`${url}${chat}?q=Fruits`, CHAT, { headers })
    await post(`${url}/upstreams/Fruits/x`, CHAT, { headers })
    await post(url + chat, 'Fruits, no json', { headers })
    const lines = log
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toContainEqual(
      expect.objectContaining({
        ...{ method: 'POST', route: '/upstreams/:id/v1/chat/completions', status: 500, upstream: 'chat' },
        milliseconds: expect.any(Number) as number,
      }),
    )
    for (const secret of [KEY, TOKEN, 'Fruits', service.url]) expect(log).not.toContain(secret)
  })

  it('counts for Prometheus', async () => {
    const service = await recorder()
    const opened = await gateway({ upstreams: [oipEntry([service.url])] })
    await post(opened.url + infer, STEP)
    await post(opened.url + infer, 'x')
    const metrics = await opened.metrics()
    expect(metrics).toMatch(/diffuscope_gateway_answers_total\{upstream="small",status="200"\} 1/)
    expect(metrics).toMatch(/diffuscope_gateway_refusals_total\{status="400"\} 1/)
    expect(metrics).toMatch(/diffuscope_gateway_in_flight\{upstream="small"\} 0/)
    expect(metrics).toMatch(/diffuscope_gateway_seconds_count\{upstream="small",part="gateway"\} 1/)
  })

  it('holds a hundred streams at once', async () => {
    const waiting: ServerResponse[] = []
    const service = await upstream((request, response) => {
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n')
      waiting.push(response)
    })
    const { url } = await gateway({ limits: { concurrent: 100 }, upstreams: [chatEntry(service.url)] })
    const streams = await Promise.all(Array.from({ length: 100 }, () => post(url + chat, CHAT)))
    expect(waiting).toHaveLength(100)
    const beyond = await post(url + chat, CHAT)
    expect(beyond.status).toBe(429)
    expect(beyond.headers.get('retry-after')).toBe('1')
    expect(await said(beyond)).toMatch(/At most 100 requests at once/)
    waiting.forEach((response, at) => response.end(`data: ${at}\n\n`))
    const texts = await Promise.all(streams.map((stream) => stream.text()))
    expect(new Set(texts).size).toBe(100)
    expect((await post(url + chat, CHAT)).status).toBe(200)
  })
})
