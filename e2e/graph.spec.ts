import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, type Page, test } from '@playwright/test'
import { build } from 'vite'
import type { inPage } from './graph/in-page.ts'

/** The graphs that the page writes, on WebGPU by Chromium's software adapter, against PyTorch's numbers. */
test.use({
  launchOptions: {
    executablePath: process.env['DIFFUSCOPE_BROWSER'] ?? '',
    args: [
      '--no-sandbox',
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  },
})

const HOST = 'https://graph.test'
const GOLDENS = fileURLToPath(new URL('../src/engines/graph/goldens', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
}

let bundle = ''

test.beforeAll(async () => {
  bundle = mkdtempSync(join(tmpdir(), 'graph-in-page-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: bundle,
      target: 'es2023',
      assetsInlineLimit: 0,
      minify: false,
      rollupOptions: {
        input: fileURLToPath(new URL('graph/in-page.ts', import.meta.url)),
        output: { entryFileNames: 'in-page.js' },
        preserveEntrySignatures: 'strict',
      },
    },
  })
})

test.afterAll(() => rmSync(bundle, { recursive: true, force: true }))

async function open(page: Page): Promise<void> {
  await page.route(`${HOST}/**`, (route) => {
    const path = new URL(route.request().url()).pathname
    if (path === '/') {
      return route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><script type="module" src="/in-page.js"></script>',
      })
    }
    const file = path.startsWith('/goldens/')
      ? join(GOLDENS, path.slice('/goldens/'.length))
      : join(bundle, path)
    if (!existsSync(file)) return route.fulfill({ status: 404 })
    const contentType = TYPES[extname(file)] ?? 'application/octet-stream'
    return route.fulfill({ body: readFileSync(file), contentType })
  })
  await page.goto(HOST)
  await page.waitForFunction(() => 'inPage' in window)
}

const call = <T>(page: Page, work: (tools: typeof inPage) => Promise<T>): Promise<T> =>
  page.evaluate(`(${work.toString()})(window.inPage)`)

test('a tiny model answers on WebGPU as in PyTorch, in 32 bits', async ({ page }) => {
  await open(page)
  const { canvas, text, block } = await call(page, (tools) => tools.distances('float16'))
  expect(Math.max(canvas, text, block)).toBeLessThan(1e-4)
})

test('a tiny model answers on WebGPU as in PyTorch, in 4 bits', async ({ page }) => {
  await open(page)
  const { canvas, text, block } = await call(page, (tools) => tools.distances('int4'))
  expect(Math.max(canvas, text, block)).toBeLessThan(1e-3)
})

test('a pass is one read-back, and a token costs no more of the GPU than a canvas', async ({ page }) => {
  // Two layers of the real width, by a processor that plays a GPU.
  test.setTimeout(300_000)
  await open(page)
  const { canvas, tokens } = await call(page, (tools) => tools.passCounts())
  console.log(`a pass over a canvas: ${JSON.stringify(canvas)}\na token: ${JSON.stringify(tokens)}`)
  for (const { maps, shaders } of [...canvas, ...tokens.slice(1)]) {
    expect(maps).toBe(1)
    expect(shaders).toBe(0)
  }
  for (const token of tokens) {
    expect(token.dispatches).toBeLessThanOrEqual(canvas[1]!.dispatches)
    expect(token.submits).toBeLessThanOrEqual(canvas[1]!.submits)
    expect(token.writes).toBeLessThanOrEqual(canvas[1]!.writes)
  }
})
