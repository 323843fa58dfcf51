/**
 * What the page's process holds before a run, after the first and after the tenth, on WASM, in this build and in others.
 * Nothing listens to the browser while it runs: whoever is attached has it keep every answer of the network, too.
 *
 *   npm run build && npm run bench:memory [-- the/other/dist]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { BROWSER_ARGS } from '../playwright.config.ts'
import { findBrowser } from '../scripts/find-browser.ts'
import { createServer } from '../server/create-server.ts'
import { memoryOf, type ProcessMemory } from './process-memory.ts'
import { writeResult } from './report.ts'

const RUNS = 10
/** The page is still for so long before it is measured, in milliseconds. */
const REST_MS = 15_000
const LOOK_MS = 100

interface Measured {
  readonly before: ProcessMemory
  readonly most: number
  readonly first: ProcessMemory
  readonly tenth: ProcessMemory
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits for the line in which a browser tells where it listens. */
function listening(process: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    process.stderr!.on('data', (part: Buffer) => {
      told += part.toString()
      const address = /ws:\S+/.exec(told)?.[0]
      if (address !== undefined) resolve(address)
    })
    process.once('exit', () => reject(new Error(`The browser ended: ${told}`)))
  })
}

/** Runs inside the page: writes prompts and starts runs, one after the other, and says in the title when it is through. */
function runInPage({ runs, first }: { readonly runs: number; readonly first: number }): void {
  const prompt = document.querySelector('textarea')!
  const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!
  const state = () =>
    [...document.querySelectorAll('[data-source][data-status]')].map((e) => (e as HTMLElement).dataset)
  const still = () => state().every(({ source, status }) => source === 'live' && status === 'done')
  async function all() {
    for (let run = 0; run < runs; run++) {
      setValue.call(prompt, `Name ${first + run + 2} fruits.`)
      prompt.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve, 200))
      prompt.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
      await new Promise((resolve) => setTimeout(resolve, 500))
      while (!still()) await new Promise((resolve) => setTimeout(resolve, 100))
    }
    document.title = `through ${first + runs}`
  }
  document.title = 'running'
  setTimeout(() => void all(), 1000)
}

/** Drives one build in a browser of its own. */
async function measure(root: string): Promise<Measured> {
  const server = createServer({ root, isolated: true })
  const address = await server.listen({ port: 0, host: 'localhost' })
  const profile = mkdtempSync(join(tmpdir(), 'diffuscope-memory-'))
  const browser = spawn(
    findBrowser(),
    [
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      ...BROWSER_ARGS,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  try {
    const endpoint = await listening(browser)

    /** Attaches for as long as `work` takes. */
    async function attached<T>(work: (page: Page) => Promise<T>): Promise<T> {
      const connection = await chromium.connectOverCDP(endpoint)
      const [page] = connection.contexts()[0]!.pages()
      try {
        return await work(page!)
      } finally {
        await connection.close()
      }
    }

    await attached(async (page) => {
      await page.goto(`${address}/?device=wasm`)
      await page.locator('[data-source=recorded] [data-state=committed]').first().waitFor()
    })
    const id = await attached(async (page) => {
      // The page's process is the one that grows when the page does.
      const session = await page.context().browser()!.newBrowserCDPSession()
      const { processInfo } = await session.send('SystemInfo.getProcessInfo')
      const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
      return renderers.sort((a, b) => memoryOf(b).own - memoryOf(a).own)[0]!
    })

    /** What it holds at rest, garbage collected: when that is done of itself differs from run to run. */
    async function atRest(): Promise<ProcessMemory> {
      await rest(REST_MS)
      await attached(async (page) => {
        const session = await page.context().newCDPSession(page)
        await session.send('HeapProfiler.collectGarbage')
      })
      await rest(LOOK_MS)
      return memoryOf(id)
    }
    const before = await atRest()
    let most = 0

    async function runs(count: number, first: number): Promise<ProcessMemory> {
      await attached(async (page) => {
        // The compiler that runs this file wraps functions in a helper of its own.
        await page.evaluate('globalThis.__name = (named) => named')
        await page.evaluate(runInPage, { runs: count, first })
      })
      const looking = setInterval(() => (most = Math.max(most, memoryOf(id).resident)), LOOK_MS)
      for (;;) {
        await rest(REST_MS)
        if ((await attached((page) => page.title())) === `through ${first + count}`) break
      }
      clearInterval(looking)
      return atRest()
    }
    const first = await runs(1, 0)
    return { before, most, first, tenth: await runs(RUNS - 1, 1) }
  } finally {
    const ended = new Promise((resolve) => browser.once('exit', resolve))
    browser.kill()
    await ended
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    await server.close()
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
const row = (build: string, { before, most, first, tenth }: Measured) => [
  build,
  ...[before.resident, first.resident, tenth.resident, most, first.proportional, first.own].map(megabytes),
]

const other = process.argv[2]
const rows = [
  ...(other === undefined
    ? []
    : [row('the other build', await measure(fileURLToPath(new URL(other, `file://${process.cwd()}/`))))]),
  row('this build', await measure(fileURLToPath(new URL('../dist', import.meta.url)))),
]
writeResult('memory', 'npm run build && npm run bench:memory -- DIST_OF_c5e1e9d', [
  [
    'the page’s process',
    'before a run',
    'after the first',
    'after the tenth',
    'most at any time',
    'shared in parts, after the first',
    'its own, after the first',
  ],
  ...rows,
])
process.exit(0)
