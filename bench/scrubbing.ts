/**
 * What scrubbing costs the main thread: two lanes of 256 positions × 256 steps and six of 128 × 64, in this build and in
 * another one that reads the same file, turn by turn, so that the ratio holds on a noisy machine.
 *
 *   npm run build && npm run bench:scrubbing -- the/other/dist
 */
import { fileURLToPath } from 'node:url'
import { chromium, expect, type Browser, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.ts'
import { createServer } from '../server/create-server.ts'
import { changeSettings } from '../src/core/change-settings.ts'
import { defaultDiffusionSettings } from '../src/core/default-settings.ts'
import { laneOf, type Comparison } from '../src/share/comparison.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'
import { CANDIDATES_KEPT } from '../src/trace/candidates-kept.ts'
import { asVersion1 } from './as-version-1.ts'
import { median, writeResult } from './report.ts'
import { simulateComparison } from './simulated-comparison.ts'

const ROUNDS = 5
const KEPT = { candidates: CANDIDATES_KEPT }

/** A comparison of two lanes that each write a token at every position. */
function simulated(size: number, steps: number, seed: number): Comparison {
  const written = Array.from({ length: size }, (_, i) => 10 + ((i * 37) % 1000))
  return simulateComparison({
    prompt: 'simulated',
    diffusion: written,
    autoregressive: written,
    settings: changeSettings(defaultDiffusionSettings(size), { steps, seed }),
    vocabulary: { size: 1024, mask: 0, end: 1, suppressed: [0, 2, 3, 4] },
    pieces: (id) => new TextEncoder().encode(`w${id}`),
    passMs: 20,
  })
}

/** Six diffusion lanes that differ in their seed. */
function sixLanes(size: number, steps: number): Comparison {
  const lanes = Array.from({ length: 6 }, (_, at) => ({
    ...laneOf(simulated(size, steps, at + 1), 'diffusion')!,
    id: `lane-${at + 1}`,
    name: `Lane ${at + 1}`,
  }))
  return { ...simulated(size, steps, 1), lanes, leader: 'lane-1' }
}

async function serve(root: string): Promise<string> {
  const server = createServer({ root, isolated: true })
  return server.listen({ port: 0, host: 'localhost' })
}

/** A page that shows a file, its playhead at the start, all lanes at the same number of forward passes. */
async function open(browser: Browser, address: string, file: unknown): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
  // As for somebody who was here before: the captions of the first visit stay away.
  await page.addInitScript(() => localStorage.setItem('diffuscope-tour', 'seen'))
  await page.route('**/recordings/*.json', async (route) => {
    if (route.request().url().endsWith('index.json')) return route.continue()
    return route.fulfill({ json: file })
  })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(address)
  await page.getByRole('radio', { name: 'forward passes' }).click()
  return page
}

/** Milliseconds of the main thread for each press of an arrow key, from the start to the end. */
async function scrub(page: Page): Promise<{ readonly ms: number; readonly presses: number }> {
  const slider = page.getByRole('slider', { name: 'Step', exact: true })
  await slider.focus()
  await page.keyboard.press('Home')
  await expect(slider).toHaveValue('0')
  const session = await page.context().newCDPSession(page)
  // The thread's own clock: what else the machine does at the time does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000
  }
  const presses = Number(await slider.getAttribute('max'))
  const before = await busy()
  for (let press = 0; press < presses; press++) await page.keyboard.press('ArrowRight')
  await expect(slider).toHaveValue(String(presses))
  const ms = ((await busy()) - before) / presses
  await session.detach()
  return { ms, presses }
}

const other = process.argv[2]
if (other === undefined) {
  console.error('Name the folder of another build, made by "npm run build" of another commit.')
  process.exit(2)
}
const here = await serve(fileURLToPath(new URL('../dist', import.meta.url)))
const there = await serve(fileURLToPath(new URL(other, `file://${process.cwd()}/`)))
const two = simulated(256, 256, 1)
const six = sixLanes(128, 64)
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
const pages = {
  twoThere: await open(browser, there, asVersion1(two, KEPT)),
  twoHere: await open(browser, here, encodeComparison(two, KEPT)),
  sixHere: await open(browser, here, encodeComparison(six, KEPT)),
}
const times: Record<keyof typeof pages, number[]> = { twoThere: [], twoHere: [], sixHere: [] }
for (let round = 0; round < ROUNDS; round++) {
  for (const name of Object.keys(pages) as (keyof typeof pages)[]) {
    await pages[name].bringToFront()
    const { ms, presses } = await scrub(pages[name])
    times[name].push(ms)
    console.log(`${name}: ${ms.toFixed(2)} ms a frame over ${presses}`)
  }
}
await browser.close()

const [twoThere, twoHere, sixHere] = [times.twoThere, times.twoHere, times.sixHere].map(median) as [
  number,
  number,
  number,
]
writeResult('scrubbing', 'npm run build && npm run bench:scrubbing -- DIST_OF_75b1b67', [
  ['main thread, median of five runs through all steps', 'ms a frame', 'ratio', 'at most'],
  ['two lanes of 256 positions × 256 steps, the build of 75b1b67', twoThere.toFixed(2), '1', ''],
  ['the same, this build', twoHere.toFixed(2), (twoHere / twoThere).toFixed(2), '0.80'],
  [
    'six lanes of 128 positions × 64 steps, this build',
    sixHere.toFixed(2),
    (sixHere / twoThere).toFixed(2),
    '1.00',
  ],
])
process.exit(0)
