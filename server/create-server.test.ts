import { once } from 'node:events'
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createServer } from './create-server.ts'

function site() {
  const root = mkdtempSync(join(tmpdir(), 'diffuscope-'))
  mkdirSync(join(root, 'assets'))
  mkdirSync(join(root, '.vite'))
  writeFileSync(join(root, '.vite', 'manifest.json'), '{}')
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(root, 'assets', 'a-1234.js'), 'export {}')
  writeFileSync(join(root, 'assets', 'a.wasm'), '')
  return root
}

describe('the web server', () => {
  it('serves the page isolated, so that WASM may use threads', async () => {
    const answer = await createServer({ root: site(), isolated: true }).inject('/')
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('<title>page</title>')
    expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(answer.headers['cross-origin-embedder-policy']).toBe('require-corp')
  })

  it('can leave isolation out', async () => {
    const answer = await createServer({ root: site(), isolated: false }).inject('/')
    expect(answer.headers['cross-origin-opener-policy']).toBeUndefined()
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'")
  })

  it('lets hashed files be kept for ever and has everything else asked for again', async () => {
    const server = createServer({ root: site(), isolated: true })
    expect((await server.inject('/assets/a-1234.js')).headers['cache-control']).toContain('immutable')
    expect((await server.inject('/')).headers['cache-control']).toBe('no-cache')
    expect((await server.inject('/assets/a.wasm')).headers['content-type']).toBe('application/wasm')
  })

  it('lets frames in a sandbox fetch what the page consists of, and nothing else', async () => {
    const server = createServer({ root: site(), isolated: true })
    for (const path of ['/', '/assets/a-1234.js', '/assets/a.wasm']) {
      expect((await server.inject(path)).headers['access-control-allow-origin']).toBe('*')
    }
    expect((await server.inject('/api/upstreams')).headers['access-control-allow-origin']).toBeUndefined()
  })

  it('leads an address whose # was escaped to the link, and answers long nonsense in words', async () => {
    const server = createServer({ root: site(), isolated: true })
    const link = `c2.${'lsd3jAOU-xBf4AZ2AIZ9QoRtaCq8-pS6QWddjmc0'.repeat(12)}`
    for (const [asked, meant] of [
      [`/%23${link}`, `./#${link}`],
      [`/?embed=1%23${link}`, `?embed=1#${link}`],
      ['/%23recording/story', '../#recording/story'],
    ] as const) {
      const { statusCode, headers } = await server.inject(asked)
      expect([statusCode, headers.location]).toEqual([302, meant])
    }
    const { statusCode, body } = await server.inject(`/${'x'.repeat(300)}`)
    expect([statusCode, body]).toEqual([404, 'Nothing is here. The page is at /.'])
  })

  it('lets other sites frame what is made for frames alone', async () => {
    const server = createServer({ root: site(), isolated: true })
    const framed = async (url: string, destination: string) =>
      (await server.inject({ url, headers: { 'sec-fetch-dest': destination } })).headers['x-frame-options']
    expect(await framed('/', 'iframe')).toBe('SAMEORIGIN')
    expect(await framed('/?theme=dark', 'object')).toBe('SAMEORIGIN')
    expect(await framed('/?embed=1', 'iframe')).toBeUndefined()
    expect(await framed('/', 'document')).toBeUndefined()
  })

  it('answers to one name a request', async () => {
    const server = createServer({ root: site(), isolated: true })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nHost: evil.example\r\nconnection: close\r\n\r\n')
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 400/)
    await server.close()
  })

  it.each(['/.vite/manifest.json', '/../package.json', '/%2e%2e/package.json', '/nothing'])(
    'answers 404 or 403 to %s',
    async (path) => {
      const answer = await createServer({ root: site(), isolated: true }).inject(path)
      expect([403, 404]).toContain(answer.statusCode)
      expect(answer.body).not.toContain('diffuscope"')
    },
  )
})
