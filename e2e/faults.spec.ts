import { expect, type Page, test } from '@playwright/test'
import { inWorker, lane, prompt, run, states } from './page.ts'

// Requests that a service worker answers can't be changed on their way.
test.use({ serviceWorkers: 'block' })

const alert = (page: Page) => page.getByRole('alert')

test('a download that is cut gets a sentence, and Run tries again', async ({ page }) => {
  await page.goto('/')
  await page.route('**/weights.bin', (route) => route.abort('connectionreset'))
  await prompt(page).fill('Name three colours.')
  await prompt(page).press('Enter')
  await expect(alert(page)).toContainText(/download/i, { timeout: 60_000 })
  await expect(prompt(page)).toHaveValue('Name three colours.')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await page.unroute('**/weights.bin')
  await run(page, 'Name three colours.')
})

test('a page that can not be drawn gets a sentence and a way on, never a blank', async ({ page }) => {
  await page.addInitScript(() => {
    Intl.NumberFormat.prototype.format = () => {
      throw new Error('no numbers here')
    }
    Number.prototype.toFixed = () => {
      throw new Error('no numbers here')
    }
  })
  await page.goto('/')
  await expect(alert(page)).toContainText(/Reload the page/)
  await expect(page.getByRole('link', { name: 'Reload' })).toBeVisible()
})

test('weights with a wrong hash are refused', async ({ page }) => {
  await page.goto('/')
  await page.route('**/weights.bin', async (route) => {
    const response = await route.fetch()
    const body = await response.body()
    body[100] = (body[100] ?? 0) ^ 1
    await route.fulfill({ response, body })
  })
  await prompt(page).fill('Name three colours.')
  await prompt(page).press('Enter')
  await expect(alert(page)).toContainText(/sha256|damaged|expected/i, { timeout: 60_000 })
})

test('a full quota: the run goes on from memory', async ({ page }) => {
  await inWorker(
    page,
    "Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))",
  )
  await page.goto('/')
  await run(page, 'Name three colours.')
  await expect(page.getByText(/storage|quota|keep/i).first()).toBeVisible()
})

test('a worker that dies in mid-run: the trace stays, and the next run works', async ({ page }) => {
  await page.goto('/?faults=1')
  await run(page, 'Name three colours.')
  await prompt(page).fill('Write a short story about Nora and a lantern.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  await expect.poll(async () => (await states(page, 'Diffusion')).length).toBeGreaterThan(0)
  await page.evaluate(() => dispatchEvent(new CustomEvent('diffuscope-fault', { detail: 'worker-crash' })))
  await expect(alert(page)).toContainText(/worker|again/i)
  expect((await states(page, 'Diffusion')).length).toBeGreaterThan(0)
  await expect(prompt(page)).toHaveValue('Write a short story about Nora and a lantern.')
  await run(page, 'Name three colours.')
})
