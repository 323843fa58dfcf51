import { describe, expect, it } from 'vitest'
import { createGateway } from './gateway.ts'

const signal = new AbortController().signal
const MERCURY = {
  id: 'mercury',
  label: 'Mercury 2',
  protocol: 'openai',
  dialect: 'replace',
  model: 'mercury-2',
  family: 'mercury',
  request: { diffusing: true },
}
const REFERENCE = { id: 'reference', label: 'Reference', protocol: 'oip', model: 'small', replicas: 2 }

function gatewayThat(answer: (request: Request) => Response | Promise<Response>) {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const fetching: typeof fetch = async (input, init) => answer(new Request(input, init))
  return { gateway: createGateway({ base: 'http://host/sub/', fetch: fetching, storage }), kept }
}

describe('the gateway', () => {
  it('offers what it lists, and leaves out what this page can’t read', async () => {
    const { gateway } = gatewayThat(() =>
      Response.json({ version: 1, upstreams: [REFERENCE, { id: '../x', protocol: 'oip' }, MERCURY] }),
    )
    expect(await gateway.list(signal)).toEqual({
      kind: 'offered',
      upstreams: [REFERENCE, MERCURY],
      unreadable: 1,
    })
  })

  it('is not there on a static host, whether that says 404 or answers with a page', async () => {
    expect(await gatewayThat(() => new Response('', { status: 404 })).gateway.list(signal)).toEqual({
      kind: 'none',
    })
    const page = gatewayThat(
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    )
    expect(await page.gateway.list(signal)).toEqual({ kind: 'none' })
  })

  it('asks for its token, keeps it in the tab and sends it with every request', async () => {
    const { gateway, kept } = gatewayThat(({ headers, url }) => {
      if (headers.get('authorization') !== 'Bearer open sesame') return new Response('{}', { status: 401 })
      return url.endsWith('/sub/api/upstreams')
        ? Response.json({ version: 1, upstreams: [] })
        : new Response(url)
    })
    expect(await gateway.list(signal)).toEqual({ kind: 'locked', refused: false })
    gateway.setToken('wrong')
    expect(await gateway.list(signal)).toEqual({ kind: 'locked', refused: true })
    gateway.setToken('open sesame')
    expect(await gateway.list(signal)).toEqual({ kind: 'offered', upstreams: [], unreadable: 0 })
    expect([...kept.values()]).toEqual(['open sesame'])
    const answer = await gateway.fetch(gateway.address({ id: 'reference' }, 'v2'))
    expect(await answer.text()).toBe('http://host/sub/upstreams/reference/v2')
  })

  it.each([
    [() => Promise.reject(new TypeError('failed')), /does not answer/],
    [() => new Response('{}', { status: 503 }), /answers 503/],
    [() => Response.json({ version: 2, upstreams: [] }), /another version/],
  ])('says what is wrong %#', async (answer, message) => {
    expect(await gatewayThat(answer).gateway.list(signal)).toEqual({
      kind: 'failed',
      message: expect.stringMatching(message) as string,
    })
  })
})
