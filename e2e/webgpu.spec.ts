import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { choose, finished, inWorker, lane, measured, prompt, run, states } from './page.ts'

/**
 * WebGPU on Chromium's software adapter. It is slow, so a model of two layers from the same exporter stands
 * in for the shipped one's files; page, engine and runtime are the production build's.
 */
test.use({
  // It would answer for the worker's script before the counting is put into it.
  serviceWorkers: 'block',
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

/** A processor that plays a GPU compiles for long, in milliseconds. */
const PATIENCE = 240_000

/** Counts the worker's calls, told apart by the read-back that ends a pass. */
const COUNTING = `
  const counts = { dispatches: 0, submits: 0 }
  const channel = new BroadcastChannel('gpu-counts')
  const count = (owner, name, then) => {
    const original = owner.prototype[name]
    owner.prototype[name] = function (...args) { then(); return original.apply(this, args) }
  }
  if (self.GPUQueue) {
    count(GPUComputePassEncoder, 'dispatchWorkgroups', () => counts.dispatches++)
    count(GPUQueue, 'submit', () => counts.submits++)
    count(GPUBuffer, 'mapAsync', () => {
      channel.postMessage({ ...counts })
      counts.dispatches = counts.submits = 0
    })
  }
`

interface Counts {
  readonly dispatches: number
  readonly submits: number
}

async function open(page: Page, query: string): Promise<void> {
  await page.route('**/models/small/**', (route) =>
    route.fulfill({
      body: readFileSync(
        new URL(`models/tiny/${basename(new URL(route.request().url()).pathname)}`, import.meta.url),
      ),
      contentType: 'application/octet-stream',
    }),
  )
  await inWorker(page, COUNTING)
  await page.addInitScript(() => {
    const passes: Counts[] = []
    Object.assign(window, { passes })
    new BroadcastChannel('gpu-counts').onmessage = ({ data }) => passes.push(data as Counts)
  })
  await page.goto(`/?device=webgpu${query}`)
  await choose(page, 'Answer length', /^24 tokens/)
}

const passes = (page: Page) =>
  page.evaluate(() => (window as unknown as { passes: Counts[] }).passes.map((pass) => ({ ...pass })))

/** The value that occurs most. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? NaN
}

test('a pass on WebGPU is one read-back; a device that is lost in mid-run is replaced; lost again, WASM takes over', async ({
  page,
}) => {
  // Five runs by a processor that plays a GPU, in one visit: what it compiled is of use to all.
  test.setTimeout(1_200_000)
  await open(page, '&faults=1')
  await run(page, 'Name three fruits.', PATIENCE)
  await expect(lane(page, 'Diffusion')).toContainText(/WebGPU/i)
  const before = (await passes(page)).length
  await prompt(page).fill('Name two fruits.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  await finished(page, PATIENCE)
  const counted = (await passes(page)).slice(before)
  const passesOf = async (name: 'Diffusion' | 'Autoregressive') =>
    Number(await measured(page, name, 'Passes').textContent())
  const expected = (await passesOf('Diffusion')) + (await passesOf('Autoregressive'))
  // One read-back a pass: no output but the packed one comes to the processor.
  expect(counted.length).toBe(expected)
  console.log(
    `two layers on WebGPU, a pass: ${mode(counted.map(({ dispatches }) => dispatches))} dispatches, ` +
      `${mode(counted.map(({ submits }) => submits))} submits, 1 map`,
  )
  expect(Math.max(...counted.slice(1).map(({ dispatches }) => dispatches))).toBeLessThanOrEqual(115)
  expect(mode(counted.map(({ submits }) => submits))).toBeLessThanOrEqual(8)

  const lose = () =>
    page.evaluate(() => dispatchEvent(new CustomEvent('diffuscope-fault', { detail: 'destroy-device' })))
  await prompt(page).fill('Name four fruits.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  await lose()
  await finished(page, PATIENCE)
  expect((await states(page, 'Diffusion')).filter(({ state }) => state === 'masked')).toEqual([])
  await prompt(page).fill('Name five fruits.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  await lose()
  await finished(page, PATIENCE)
  await run(page, 'Name six fruits.', PATIENCE)
  await expect(lane(page, 'Diffusion')).toContainText(/WASM/i)
})
