import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serve, type Serving } from '../../src/engines/remote/testing/serve.ts'
import { createDispatcher } from './dispatcher.ts'
import { exchange } from './exchange.ts'
import { createReplicas } from './replicas.ts'

let service: Serving
beforeAll(async () => {
  service = await serve((_, response) => response.end('reached'))
})
afterAll(() => service.close())

const ask = async (allowPrivate: boolean) => {
  const dispatcher = createDispatcher({ allowPrivate, keepAlive: true })
  const now = () => performance.now()
  // A name, as its spelling alone tells nothing: what it resolves to is on this machine.
  const replicas = createReplicas([`http://localhost:${service.port}`], now)
  try {
    const { body } = await exchange(
      { method: 'GET', path: '/v2', headers: {}, body: null, idempotent: true },
      {
        dispatcher,
        replicas,
        stalls: { lately: () => false },
        silentMs: 5000,
        label: 'It',
        now,
        onFailOver: () => undefined,
      },
      new AbortController().signal,
    )
    return await body.text()
  } finally {
    await dispatcher.close()
  }
}

describe('connections to upstreams', () => {
  it('are not made to a name that resolves to a private address', async () => {
    await expect(ask(false)).rejects.toMatchObject({
      statusCode: 502,
      message: expect.stringMatching(/^It is on a private address/),
    })
  })

  it('are made where that is configured', async () => {
    expect(await ask(true)).toBe('reached')
  })
})

describe('replicas', () => {
  it('take turns, and those that failed come last until they have rested', () => {
    let clock = 0
    const replicas = createReplicas(['a', 'b', 'c'], () => clock)
    expect(replicas.order()).toEqual(['a', 'b', 'c'])
    expect(replicas.order()).toEqual(['b', 'c', 'a'])
    replicas.failed('c')
    expect(replicas.order()).toEqual(['a', 'b', 'c'])
    clock = 6000
    replicas.order()
    expect(replicas.order()).toEqual(['b', 'c', 'a'])
  })
})
