/**
 * The production build in a real browser: what is loaded before anything happens, when the recording first
 * moves, and the bytes until the first live token. `bench:scrubbing` tells what scrubbing costs.
 *
 *   npm run build && npm run bench:page
 */
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { createServer } from '../server/create-server.ts'
import { findBrowser } from '../scripts/find-browser.ts'
import { median, writeResult } from './report.ts'

const ROUNDS = 5

const server = createServer({ root: fileURLToPath(new URL('../dist', import.meta.url)), isolated: true })
const address = await server.listen({ port: 0, host: 'localhost' })
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })

const sockets = new Set<Socket>()
server.server.on('connection', (socket: Socket) => sockets.add(socket))

/** Bytes that the server has sent, to workers as well. */
const sent = () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0)

async function firstLiveToken(page: Page): Promise<number> {
  const begun = performance.now()
  await page.getByRole('textbox', { name: 'Prompt' }).fill('Name three fruits.')
  await page.keyboard.press('Enter')
  await page
    .locator('[data-source=live] [data-state=committed], [data-source=live] [data-state=end]')
    .first()
    .waitFor({ timeout: 120_000 })
  return performance.now() - begun
}

const megabytes = (count: number) => `${(count / 1e6).toFixed(2)} MB`
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

const moved: number[] = []
let first = 0
for (let round = 0; round < ROUNDS; round++) {
  const context = await browser.newContext()
  const page = await context.newPage()
  const start = sent()
  await page.goto(address)
  await page.locator('[data-source=recorded] [data-state=committed]').first().waitFor()
  moved.push(await page.evaluate(() => performance.now()))
  first = Math.max(first, sent() - start)
  await context.close()
}

const context = await browser.newContext()
const page = await context.newPage()
let start = sent()
await page.goto(address)
await page.evaluate(() => navigator.serviceWorker.ready)
await page.reload()
const cold = { ms: await firstLiveToken(page), bytes: sent() - start }
start = sent()
await page.reload()
const warm = { ms: await firstLiveToken(page), bytes: sent() - start }
await context.close()

await browser.close()
await server.close()

writeResult('page', 'npm run build && npm run bench:page', [
  ['what', 'measured'],
  [
    `recording moves, after navigation (median of ${ROUNDS}, nothing cached)`,
    `${median(moved).toFixed(0)} ms`,
  ],
  ['bytes until then, offline copy of the shell included', megabytes(first)],
  ['first live token, cold', `${seconds(cold.ms)}, ${megabytes(cold.bytes)} with the page`],
  ['first live token after a reload, warm', `${seconds(warm.ms)}, ${megabytes(warm.bytes)}`],
])
