/**
 * Opens the largest and oddest files and links in a real browser, and times how long the page stands still: whatever
 * is opened must be painted within a second, and played with less than 250 ms a frame. Exits with 1 where it is not.
 *
 *   npm run build && npm run fuzz:layout [-- PART_OF_A_NAME]
 */
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { createServer } from '../server/create-server.ts'
import { DRAWABLE } from '../src/trace/drawable.ts'
import { findBrowser } from './find-browser.ts'
import { hugeLink, hugeRun, savedFile, type Shape } from './huge-runs.ts'

const PAINT_MS = 1000
const FRAME_MS = 250
/** Opening is given up after so long. */
const PATIENCE_MS = 90_000

const { positions: P, steps: S } = DRAWABLE
const STACK = `a${'\u0301\u0489'.repeat(63)}`
const BIDI = '\u202e\u2067\u202d'.repeat(20)
const shape = (of: Partial<Shape>): Shape => ({ positions: P, steps: 1, piece: () => 'a', ...of })

/** Each with the file or the hash that it is opened from. */
const CASES: Readonly<Record<string, () => { file?: string; hash?: string }>> = {
  'canvases, 2,000 letters a token': () => ({ file: canvases('a'.repeat(2_000)) }),
  'canvases, 10,000 letters a token': () => ({ file: canvases('a'.repeat(10_000)) }),
  'canvases, 100,000 letters a token': () => ({ file: canvases('a'.repeat(100_000)) }),
  'canvases, as much text as may be': () => ({ file: canvases('a'.repeat(DRAWABLE.textBytes / P)) }),
  'file, 10,000 letters a token': () => ({
    file: savedFile(hugeRun(shape({ piece: () => 'a'.repeat(10_000) }))),
  }),
  'file, 60,000 letters a token': () => ({
    file: savedFile(hugeRun(shape({ piece: () => 'a'.repeat(60_000) }))),
  }),
  'file, one token as long as may be': () => ({
    file: savedFile(hugeRun(shape({ piece: (at) => (at === 9 ? 'word '.repeat(3_000) : 'a') }))),
  }),
  'file, stacked marks': () => ({ file: savedFile(hugeRun(shape({ positions: 500, piece: () => STACK }))) }),
  'file, as many steps as may be': () => ({
    file: savedFile(hugeRun(shape({ positions: DRAWABLE.cells / S, steps: S }))),
  }),
  'file, 60,000 empty steps': () => ({ file: savedFile(hugeRun(shape({ positions: 8, steps: 60_000 }))) }),
  'link, stacked marks': () => ({ hash: hugeLink(hugeRun(shape({ piece: () => STACK }))) }),
  'link, stacked marks of a tenth': () => ({
    hash: hugeLink(hugeRun(shape({ positions: 1000, piece: () => STACK.slice(0, 60) }))),
  }),
  'link, 255 letters a token': () => ({ hash: hugeLink(hugeRun(shape({ piece: () => 'b'.repeat(255) }))) }),
  'link, 30 letters a token': () => ({ hash: hugeLink(hugeRun(shape({ piece: () => 'b'.repeat(30) }))) }),
  'link, directions': () => ({ hash: hugeLink(hugeRun(shape({ piece: () => `${BIDI.slice(0, 20)}ab` }))) }),
  'link, positions and steps': () => ({ hash: hugeLink(hugeRun(shape({ steps: DRAWABLE.cells / P }))) }),
  'link, everything': () => ({ hash: hugeLink(hugeRun(shape({ steps: S, rewrites: 2 }))) }),
}

/** Two canvases, all masks and all one token. */
function canvases(piece: string): string {
  const of = (id: number) => Array<number>(P).fill(id)
  return JSON.stringify({ histories: [of(0), of(1)], mask: 0, pieces: { 1: piece } })
}

/** Counts how long the page's thread is kept busy without a pause. */
const WATCH = `
  window.stood = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.stood = Math.max(window.stood, duration)
  }).observe({ type: 'longtask', buffered: true })
`
const stood = (page: Page) => page.evaluate('window.stood') as Promise<number>

interface Outcome {
  readonly paintMs: number
  readonly frameMs: number
  readonly said: string
}

async function open(
  page: Page,
  url: string,
  { file, hash }: { file?: string; hash?: string },
): Promise<Outcome> {
  await page.addInitScript(WATCH)
  await page.goto(hash === undefined ? url : 'about:blank')
  if (hash === undefined) {
    await page.getByRole('slider', { name: 'Step', exact: true }).waitFor()
    await page.evaluate('window.stood = 0')
    await page.evaluate((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'run.json'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
    }, file!)
  } else await page.goto(`${url}/#${hash}`)
  await page.waitForTimeout(3000)
  const paintMs = await stood(page)
  const said = await page.locator('[role=status], [role=alert]').allTextContents()
  await page.evaluate('window.stood = 0')
  await page
    .getByRole('button', { name: 'Play', exact: true })
    .click({ timeout: 10_000 })
    .catch(() => undefined)
  await page.waitForTimeout(2000)
  return { paintMs, frameMs: await stood(page), said: said.join(' ').slice(0, 110) }
}

const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
const root = fileURLToPath(new URL('../dist', import.meta.url))
const server = createServer({ root, isolated: true })
const url = await server.listen({ port: 0, host: '127.0.0.1' })
let failed = 0
for (const [name, make] of Object.entries(CASES)) {
  if (!name.includes(process.argv[2] ?? '')) continue
  const page = await browser.newPage({ serviceWorkers: 'block' })
  // As for somebody who was here before: the captions of the first visit stay away.
  await page.addInitScript(() => localStorage.setItem('diffuscope-tour', 'seen'))
  const late = new Promise<string>((resolve) =>
    setTimeout(() => resolve('stands still'), PATIENCE_MS).unref(),
  )
  const crash = new Promise<string>((resolve) => page.once('crash', () => resolve('crashes')))
  const outcome = await Promise.race([
    late,
    crash,
    open(page, url, make()).catch((error: unknown) => String(error).split('\n')[0]!),
  ])
  const bad = typeof outcome === 'string' || outcome.paintMs > PAINT_MS || outcome.frameMs > FRAME_MS
  if (bad) failed++
  console.log(
    `${bad ? 'TOO SLOW' : 'fine    '} ${name}: ${typeof outcome === 'string' ? outcome : `longest task to open ${outcome.paintMs.toFixed(0)} ms, to play ${outcome.frameMs.toFixed(0)} ms. ${outcome.said}`}`,
  )
  void page.close()
}
await browser.close()
await server.close()
process.exit(failed === 0 ? 0 : 1)
