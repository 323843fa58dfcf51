import { expect, test } from '@playwright/test'
import { cells, finished, lane, prompt, run, states, stepsOf } from './page.ts'

test('a prompt denoises beside an AR stream, and a second run downloads nothing', async ({ page }) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto('/')
  await run(page, 'What is the capital of France?')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  for (const name of ['Diffusion', 'Autoregressive'] as const) {
    await expect(lane(page, name)).toContainText(/threads/i)
    const shown = await states(page, name)
    expect(shown.filter(({ state }) => state === 'committed').length).toBeGreaterThan(2)
    expect(shown.filter(({ state }) => state === 'masked' || state === 'guess')).toEqual([])
    await expect(cells(page, name).first()).toHaveAttribute('data-confidence', /^(0|1)(\.\d+)?$/)
  }

  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await prompt(page).fill('Name three fruits.')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await finished(page)
  expect(requests.filter((url) => /\.wasm|\.onnx|\.bin/.test(url))).toEqual([])
  expect(errors).toEqual([])
})

test('without cross-origin isolation it runs on one thread and says so', async ({ page, baseURL }) => {
  const port = Number(new URL(baseURL ?? '').port) + 1
  await page.goto(`http://localhost:${port}/`)
  await run(page, 'What is 12 + 30?')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
  await expect(lane(page, 'Diffusion')).toContainText(/1 thread/i)
})

test('Stop keeps what there is', async ({ page }) => {
  await page.goto('/')
  await run(page, 'Name three fruits.')
  await prompt(page).fill('Write a short story about Nora and a lantern.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  await expect.poll(() => stepsOf(page, 'Diffusion')).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible()
  const statuses = [
    await lane(page, 'Diffusion').getAttribute('data-status'),
    await lane(page, 'Autoregressive').getAttribute('data-status'),
  ]
  expect(statuses).toContain('stopped')
  expect(
    (await states(page, 'Diffusion')).some(({ state }) => state === 'committed' || state === 'end'),
  ).toBe(true)
  await expect(prompt(page)).toHaveValue('Write a short story about Nora and a lantern.')
})

test('an empty prompt and one that is too long each get a sentence', async ({ page }) => {
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await prompt(page).fill('   ')
  await prompt(page).press('Enter')
  await expect(page.getByText(/type a prompt/i)).toBeVisible()
  const long = 'a very long prompt '.repeat(200)
  await prompt(page).fill(long)
  await prompt(page).press('Enter')
  await expect(page.getByText(/tokens/i).filter({ hasText: /shorten|too long/i })).toBeVisible({
    timeout: 60_000,
  })
  await expect(prompt(page)).toHaveValue(long)
})

test('what is typed before the recording has come keeps its text and its complaint', async ({ page }) => {
  await page.route('**/recordings/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  await page.goto('/')
  await prompt(page).fill('   ')
  await prompt(page).press('Enter')
  await expect(page.getByText(/type a prompt/i)).toBeVisible()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await expect(page.getByText(/type a prompt/i)).toBeVisible()
  await expect(prompt(page)).toHaveValue('   ')
})

test('markup, right-to-left text and emoji are text', async ({ page }) => {
  await page.goto('/')
  await run(page, '<img src=x onerror="window.hacked=1"> שלום 👋🏽 &amp;')
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect((await states(page, 'Diffusion')).length).toBeGreaterThan(0)
})
