import { expect, test } from '@playwright/test'
import { choose, chooseClock, goTo, lane, measured, prompt, run, states, stepsOf } from './page.ts'

test('threshold commits many tokens a pass and needs fewer passes than one token a pass', async ({
  page,
}) => {
  await page.goto('/')
  await choose(page, 'Answer length', /^24 tokens/)
  await run(page, 'What is the capital of Norway?')
  const oneByOne = Number(await measured(page, 'Diffusion', 'Passes').textContent())
  await choose(page, 'Strategy', /^Threshold/)
  await run(page, 'What is the capital of Norway?')
  await expect(lane(page, 'Diffusion')).toContainText(/threshold/i)
  expect(Number(await measured(page, 'Diffusion', 'Passes').textContent())).toBeLessThan(oneByOne)
})

test('the same seed gives the same trace, another one need not', async ({ page }) => {
  await page.goto('/')
  await choose(page, 'Answer length', /^24 tokens/)
  await choose(page, 'Strategy', /^Random/)
  const story = async () => {
    await run(page, 'Name two animals.')
    await chooseClock(page, 'forward passes')
    const shown = [await stepsOf(page, 'Diffusion')]
    await goTo(page, 3)
    return [shown, await states(page, 'Diffusion')]
  }
  const first = await story()
  expect(await story()).toEqual(first)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('textbox', { name: 'Seed' }).fill('77')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  expect(await story()).not.toEqual(first)
})

test('how left to right a run went is shown with the numbers, and settings leave the shown run alone', async ({
  page,
}) => {
  await page.goto('/')
  await choose(page, 'Answer length', /^24 tokens/)
  await run(page, 'Name two fruits.')
  const order = lane(page, 'Diffusion').getByText(/Kendall’s τ/)
  await expect(order).toBeHidden()
  const numbers = page.getByRole('button', { name: 'Numbers', exact: true })
  await numbers.click()
  await expect(numbers).toHaveAttribute('aria-pressed', 'true')
  await expect(order).toBeVisible()
  await expect(lane(page, 'Diffusion').getByText(/diffuscope-small/)).toBeVisible()
  const before = await states(page, 'Diffusion')
  await choose(page, 'Strategy', /^Margin/)
  expect(await states(page, 'Diffusion')).toEqual(before)
  await expect(prompt(page)).toHaveValue('Name two fruits.')
})

test('what settings cost the bundled model is shown beside them, by kind', async ({ page }) => {
  await page.goto('/')
  await choose(page, 'Strategy', /^Threshold/)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings of the next run' })
  await settings.getByText('How often is the bundled model right?').click()
  const key = settings.getByText(/^threshold, nearest to your settings: \d+ % right in [\d.]+ passes$/)
  await expect(key).toBeVisible()
  await expect(settings.getByText(/^autoregressive: \d+ % right/)).toBeVisible()
  const ofJson = await key.textContent()
  await settings.getByRole('button', { name: /Kind of prompt/ }).click()
  await page.getByRole('option', { name: 'Arithmetic' }).click()
  await expect(key).not.toHaveText(ofJson ?? '')
})
