import { expect, test } from '@playwright/test'
import { chooseClock, goTo, lastMoment, run, slider, states, stepsOf } from './page.ts'

test.beforeEach(async ({ page }) => {
  await page.goto('/')
  await run(page, 'Name four animals.')
  // Then every moment is a step of both lanes.
  await chooseClock(page, 'forward passes')
})

test('the slider goes through the steps: masks only fall, committed tokens stay', async ({ page }) => {
  const last = await lastMoment(page)
  const steps = await stepsOf(page, 'Diffusion')
  expect(steps).toBeGreaterThan(2)
  await goTo(page, 0)
  expect((await states(page, 'Diffusion')).every(({ state }) => state === 'masked')).toBe(true)
  let before = await states(page, 'Diffusion')
  for (let step = 1; step <= Math.min(steps, 6); step++) {
    await page.keyboard.press('ArrowRight')
    await expect(slider(page)).toHaveValue(String(step))
    const now = await states(page, 'Diffusion')
    const open = (list: typeof now) =>
      list.filter(({ state }) => state === 'masked' || state === 'guess').length
    expect(open(now)).toBeLessThan(open(before))
    for (const cell of before) {
      if (cell.state === 'committed') expect(now[cell.position]).toEqual(cell)
    }
    before = now
  }
  await page.keyboard.press('End')
  await expect(slider(page)).toHaveValue(String(last))
})

test('space plays and pauses, and types a space in the prompt', async ({ page }) => {
  await goTo(page, 0)
  await page.locator('body').click({ position: { x: 2, y: 2 } })
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  const box = page.getByRole('textbox', { name: 'Prompt' })
  await box.fill('two')
  await box.press('End')
  await box.press('Space')
  await expect(box).toHaveValue('two ')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('guesses are drawn only above the floor', async ({ page }) => {
  const last = await stepsOf(page, 'Diffusion')
  for (const step of [1, Math.floor(last / 2)]) {
    await goTo(page, step)
    for (const { state, confidence } of await states(page, 'Diffusion')) {
      if (state === 'guess') expect(Number(confidence)).toBeGreaterThanOrEqual(0.25)
    }
  }
})

test('a position keeps its place while its token changes', async ({ page }) => {
  const boxes = () =>
    page
      .getByRole('region', { name: 'Diffusion' })
      .locator('[data-position]')
      .evaluateAll((all) =>
        all.map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          return [x, y + scrollY, width, height].map(Math.round)
        }),
      )
  await goTo(page, 0)
  const first = await boxes()
  await page.keyboard.press('End')
  await expect(slider(page)).toHaveValue(String(await lastMoment(page)))
  expect(await boxes()).toEqual(first)
})
