import { expect, test } from '@playwright/test'
import { lane, run, states } from './page.ts'

test('after the first run the page reloads and runs without a network', async ({ page, context }) => {
  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await run(page, 'What is the capital of Spain?')
  await context.setOffline(true)
  await page.reload()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await run(page, 'What is the capital of Japan?')
  expect((await states(page, 'Diffusion')).some(({ state }) => state === 'committed')).toBe(true)
})

for (const serviceWorkers of ['allow', 'block'] as const) {
  test.describe(`service workers: ${serviceWorkers}`, () => {
    test.use({ serviceWorkers })

    test('offline before the model was ever loaded: a sentence, and it runs when the network is back', async ({
      page,
      context,
    }) => {
      await page.goto('/')
      await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
      await context.setOffline(true)
      await page.getByRole('textbox', { name: 'Prompt' }).fill('Name three colours.')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('alert')).toContainText(/offline|network|connection/i)
      await expect(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue('Name three colours.')
      await context.setOffline(false)
      await run(page, 'Name three colours.')
    })
  })
}

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' })

  test('offline, a part of the page that was not fetched yet says so', async ({ page, context }) => {
    await page.goto('/')
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Gallery' }).click()
    await expect(page.getByRole('alert')).toContainText(/could not be fetched/)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByRole('alert')).toContainText(/could not be fetched/)
  })
})
