import { afterEach, expect, it } from 'vitest'
import { serve } from '../../src/engines/remote/testing/serve.ts'
import { chatEntry, startGateway } from '../testing/start-gateway.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

it.each([
  [
    422,
    { detail: [{ loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
    {},
    'seed: Extra inputs are not permitted',
    null,
  ],
  [500, { object: 'error', message: 'out of memory', code: 500 }, {}, 'out of memory', null],
  [500, { error: { code: 500 } }, {}, 'error 500', null],
  [400, '<html>no JSON', {}, 'Chat service answered with status 400.', null],
  [
    429,
    { error: { message: 'slow down' } },
    { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:27:30 GMT' },
    'slow down',
    '30',
  ],
  [429, { error: 'slow down' }, { 'retry-after': 'soon' }, 'slow down', null],
])('passes on what a service complains of: %i %j', async (status, body, headers, words, wait) => {
  const service = await serve((_, response) => {
    response.sendDate = false
    response.writeHead(status, { 'content-type': 'application/json', ...(headers as object) })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  const gateway = await startGateway({ upstreams: [chatEntry(service.url)] })
  open.push(service, gateway)
  const response = await fetch(`${gateway.url}/upstreams/chat/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'played', messages: [{ role: 'user', content: 'a' }] }),
  })
  expect([response.status, response.headers.get('retry-after')]).toEqual([status, wait])
  expect(await response.json()).toEqual({ error: words })
})
