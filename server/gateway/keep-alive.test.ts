import { mkdtempSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'
import { chatEntry, oipEntry, startGateway, type StartedGateway } from '../testing/start-gateway.ts'

const STEP = JSON.stringify({
  inputs: [{ name: 'input_ids', datatype: 'INT64', shape: [1, 2], data: [3, 4] }],
})
const CHAT = JSON.stringify({ model: 'played', stream: true, messages: [{ role: 'user', content: 'a' }] })

/** Keeps connections alive, and closes each just as a second request comes on it. */
let service: Serving
let gateway: StartedGateway
let closed = 0
let isDying = false
const used = new WeakSet<Socket>()
beforeAll(async () => {
  service = await serve((request, response) => {
    if (isDying || used.has(request.socket)) {
      closed++
      return void request.socket.destroy()
    }
    used.add(request.socket)
    request.resume()
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'))
  })
  const tokenizer = join(mkdtempSync(join(tmpdir(), 'diffuscope-')), 'tokenizer.json')
  writeFileSync(tokenizer, '{}')
  gateway = await startGateway({
    limits: { requestsPerMinute: 1e6 },
    upstreams: [oipEntry([service.url], { tokenizer }), chatEntry(service.url)],
  })
})
afterAll(async () => {
  await gateway.close()
  await service.close()
})

async function statusOf(path: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${gateway.url}${path}`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}
const step = () => statusOf('/upstreams/small/v2/models/diffuscope-tiny/infer', STEP)
const chat = () => statusOf('/upstreams/chat/v1/chat/completions', CHAT)

test('a step whose connection is closed as it leaves is asked once more of the same server', async () => {
  closed = 0
  for (let asked = 0; asked < 5; asked++) expect(await step()).toBe(200)
  // The connection of one step was tried for the next: that is what was mended.
  expect(closed).toBeGreaterThan(0)
})

test('a chat, which may not be asked twice, never leaves on a connection that was used', async () => {
  closed = 0
  for (let asked = 0; asked < 5; asked++) expect(await chat()).toBe(200)
  expect(closed).toBe(0)
})

test('a server that closes every connection is asked twice for a step and once for a chat', async () => {
  isDying = true
  for (const [ask, attempts] of [
    [step, 2],
    [chat, 1],
  ] as const) {
    closed = 0
    expect(await ask()).toBe(502)
    expect(closed).toBe(attempts)
  }
  isDying = false
})
