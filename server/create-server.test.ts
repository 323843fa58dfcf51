import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createServer } from './create-server.ts'

function site() {
  const root = mkdtempSync(join(tmpdir(), 'diffuscope-'))
  mkdirSync(join(root, 'assets'))
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

  it.each(['/../package.json', '/%2e%2e/package.json', '/nothing'])(
    'answers 404 or 403 to %s',
    async (path) => {
      const answer = await createServer({ root: site(), isolated: true }).inject(path)
      expect([403, 404]).toContain(answer.statusCode)
      expect(answer.body).not.toContain('diffuscope"')
    },
  )
})
