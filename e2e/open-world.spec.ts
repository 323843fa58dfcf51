import { expect, test, type Page } from '@playwright/test'
import { choose, lane, LANES, prompt, states } from './page.ts'

const model = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Model' }).getByRole('radio', { name })

/** A busy processor takes as long to pack the weights, and for a pass. */
const PATIENCE = { timeout: 300_000 }

async function ask(page: Page, text: string): Promise<void> {
  await prompt(page).fill(text)
  await prompt(page).press('Enter')
  for (const name of LANES) {
    await expect(lane(page, name)).toHaveAttribute('data-source', 'live', PATIENCE)
    await expect(lane(page, name)).toHaveAttribute('data-status', 'done', PATIENCE)
  }
}

/** Names of the model's files that are asked of the network from now on. */
function asked(page: Page): string[] {
  const files: string[] = []
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname
    if (path.includes('/models/open/') && !path.endsWith('manifest.json')) files.push(path.split('/').at(-1)!)
  })
  return files
}

test('the open world is chosen, fetched once, timed, taken on the next visit, runs offline, and leaves', async ({
  page,
  context,
}) => {
  test.setTimeout(1_000_000)
  await page.goto('/?device=wasm')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await expect(model(page, 'Small world')).toBeChecked()
  await model(page, 'Open world').check()
  await expect(page.getByText(/fluent, often wrong/)).toContainText(/79(\.3)? MB, once/)
  await choose(page, 'Answer length', '16 tokens')
  const files = asked(page)
  await ask(page, 'What is the capital of France?')
  expect(files.filter((file) => file.startsWith('weights')).sort()).toEqual(
    [0, 1, 2, 3, 4].map((n) => `weights-0${n}.bin`),
  )
  await expect(lane(page, 'Autoregressive')).toContainText('Paris')
  for (const name of ['Diffusion', 'Autoregressive']) await expect(lane(page, name)).toContainText(/WASM/)
  await expect(page.getByText(/a run here/)).toBeVisible()

  await context.setOffline(true)
  await page.goto('/?device=wasm')
  await expect(model(page, 'Open world')).toBeChecked()
  await ask(page, 'What is the capital of Italy?')
  expect((await states(page, 'Diffusion')).some(({ state }) => state === 'committed')).toBe(true)
  await context.setOffline(false)

  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expect(page.getByText(/Open world: this browser keeps 79(\.3)? MB\./)).toBeVisible()
  await page.getByRole('button', { name: 'Remove Open world' }).click()
  await expect(page.getByText(/Open world: not stored here/)).toBeVisible()
})

test('a download that is stopped goes on with the shard that was missing', async ({ page }) => {
  test.setTimeout(700_000)
  let held = true
  await page.route('**/models/open/weights-02.bin', async (route) => {
    while (held) await new Promise((resolve) => setTimeout(resolve, 100))
    await route.continue().catch(() => undefined)
  })
  await page.goto('/?device=wasm&model=open')
  const files = asked(page)
  await prompt(page).fill('What is the capital of France?')
  await prompt(page).press('Enter')
  await expect(page.getByRole('progressbar', { name: 'Loading the model' })).toHaveAttribute(
    'aria-valuetext',
    /35\.5 of 79\.3 MB/,
    { timeout: 60_000 },
  )
  const weights = () => files.filter((file) => file.startsWith('weights'))
  await expect.poll(weights).toEqual([0, 1, 2].map((n) => `weights-0${n}.bin`))
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
  held = false
  files.length = 0
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running', PATIENCE)
  expect(weights()).toEqual([2, 3, 4].map((n) => `weights-0${n}.bin`))
})

test('two lanes run two models', async ({ page }) => {
  test.setTimeout(700_000)
  await page.goto('/?device=wasm&model=open')
  await choose(page, 'Answer length', '16 tokens')
  await choose(page, 'Diffusion is answered by', 'Small world')
  await ask(page, 'What is the capital of France?')
  await expect(lane(page, 'Diffusion')).toContainText('diffuscope-small')
  await expect(lane(page, 'Autoregressive')).toContainText('SmolLM2-135M two-way')
})
