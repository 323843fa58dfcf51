/**
 * The production build in a real browser: what is loaded before anything happens, when the recording first
 * moves, the bytes until the first live token, and what scrubbing costs the main thread.
 *
 *   npm run build && npm run bench:page
 */
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium, expect, type Page } from '@playwright/test'
import { createServer } from '../server/create-server.ts'
import { findBrowser } from '../scripts/find-browser.ts'
import { median, writeResult } from './report.ts'
import { simulateComparison } from './simulated-comparison.ts'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'

const ROUNDS = 5
const SIZE = 256

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

const written = Array.from({ length: SIZE }, (_, i) => 10 + ((i * 37) % 1000))
const large = encodeComparison(
  simulateComparison({
    prompt: 'simulated',
    diffusion: written,
    autoregressive: written,
    settings: defaultDiffusionSettings(SIZE),
    vocabulary: { size: 1024, mask: 0, end: 1, suppressed: [0, 2, 3, 4] },
    pieces: (id) => new TextEncoder().encode(`w${id}`),
    passMs: 20,
  }),
  { candidates: 5 },
)
const scrubbing = await browser.newPage({ viewport: { width: 1280, height: 860 } })
await scrubbing.route('**/recordings/*.json', async (route) => {
  if (route.request().url().endsWith('index.json')) return route.continue()
  return route.fulfill({ json: large })
})
await scrubbing.emulateMedia({ reducedMotion: 'reduce' })
await scrubbing.goto(address)
const slider = scrubbing.getByRole('slider', { name: 'Step', exact: true })
await expect(slider).toHaveAttribute('max', String(SIZE))
await slider.focus()
await scrubbing.keyboard.press('Home')
const cdp = await scrubbing.context().newCDPSession(scrubbing)
await cdp.send('Performance.enable')
const busy = async () => {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000
}
const steps = Number(await slider.getAttribute('max'))
const before = await busy()
for (let step = 0; step < steps; step++) await scrubbing.keyboard.press('ArrowRight')
const frameMs = ((await busy()) - before) / steps
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
  [`scrubbing ${SIZE} positions × ${steps} steps, main thread`, `${frameMs.toFixed(2)} ms a frame`],
])
