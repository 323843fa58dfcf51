import { expect, test } from '@playwright/test'
import { cells, run } from './page.ts'

test('a token tells its candidates, entropy, commit step and why it was committed', async ({ page }) => {
  await page.goto('/')
  await run(page, 'What is the capital of Italy?')
  await cells(page, 'Diffusion').first().hover()
  const panel = page.getByRole('complementary', { name: 'Why this token' })
  await expect(panel).toContainText(/entropy/i)
  await expect(panel).toContainText(/step \d+/i)
  await expect(panel).toContainText(/most certain|threshold|surest|factor/i)
  await expect(panel).toContainText(/tail|all others|rest/i)
  expect(await panel.getByRole('listitem').count()).toBeGreaterThan(2)
})

test('by keyboard alone: the grid is entered, walked and explained', async ({ page }) => {
  await page.goto('/')
  await run(page, 'What is the capital of Italy?')
  await cells(page, 'Diffusion').first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(cells(page, 'Diffusion').nth(1)).toBeFocused()
  await expect(page.getByRole('complementary', { name: 'Why this token' })).toContainText(/position 2/i)
})
