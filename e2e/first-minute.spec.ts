import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { lane, lastMoment, openRecorded, slider } from './page.ts'

const tour = (page: Page) => page.getByRole('region', { name: 'Tour', exact: true })
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict', exact: true })

/** Players in frames have tests of their own. */
async function findings(page: Page) {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html])
}

test.describe('on the first visit', () => {
  test.use({ storageState: { cookies: [], origins: [] } })

  test('five captions drive the picture, are skipped at any moment, and are remembered', async ({ page }) => {
    await page.goto('/')
    await expect(tour(page)).toBeVisible()
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    await tour(page).getByRole('button', { name: 'Next' }).click()
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    const places: number[] = []
    for (let at = 2; at < 5; at++) {
      places.push(Number(await slider(page).inputValue()))
      await tour(page).getByRole('button', { name: 'Next' }).click()
      await expect(tour(page)).toContainText(`${at + 1} of 5`)
      if (at === 3) await expect(page.getByRole('complementary', { name: 'Why this token' })).toBeVisible()
      expect(await findings(page)).toEqual([])
    }
    expect(places[0]).toBeGreaterThan(0)
    expect(places[1]).toBeGreaterThan(places[0]!)
    await expect(slider(page)).toHaveValue(String(await lastMoment(page)))
    await expect(verdict(page)).toBeVisible()
    await tour(page).getByRole('button', { name: 'Back' }).click()
    await expect(tour(page)).toContainText('4 of 5')
    await page.keyboard.press('Escape')
    await expect(tour(page)).toBeHidden()
    await page.reload()
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    await expect(tour(page)).toBeHidden()
    await page.getByRole('button', { name: 'What am I seeing?' }).press('Enter')
    await expect(slider(page)).toHaveValue('0')
    await tour(page).getByRole('button', { name: 'Skip' }).click()
    await expect(tour(page)).toBeHidden()
  })
})

test('the verdict comes at the end, and words have a meaning by hover, focus and tap', async ({ page }) => {
  await openRecorded(page)
  await expect(verdict(page)).toContainText('was told to take')
  await expect(verdict(page)).toContainText('KV cache')
  await slider(page).focus()
  await page.keyboard.press('Home')
  await expect(verdict(page)).toBeHidden()
  await page.keyboard.press('End')
  await expect(verdict(page)).toBeVisible()

  const word = lane(page, 'Diffusion').locator('[data-term=forward-pass]')
  const card = page.getByRole('region', { name: 'Meaning of Forward pass' })
  await word.hover()
  await expect(card).toContainText('reads once')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await word.click()
  await expect(card).toBeVisible()
  await page.getByRole('heading', { name: 'Diffuscope' }).click()
  await expect(card).toBeHidden()
  await word.focus()
  await page.keyboard.press('Enter')
  await expect(card).toBeVisible()
})

test('the article has live figures, words with a meaning, and an account; offline, too', async ({
  page,
  context,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/learn')
  const figure = page.frameLocator('iframe').first()
  await expect(figure.getByRole('region', { name: 'Diffusion' })).toHaveAttribute('data-source', 'recorded')
  await expect(page.locator('dl.words dt').first()).toBeVisible()
  const result = page.getByRole('group', { name: 'Left to right' }).getByRole('status')
  const before = await result.textContent()
  await page.getByRole('spinbutton', { name: 'Calls' }).fill('60')
  await expect(result).not.toHaveText(before!)
  expect(await findings(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)

  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await context.setOffline(true)
  await page.goto('/learn')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('diffusion language model')
})

test('in front of a class: large, prompt by prompt, the verdict when it is asked for; keys on "?"', async ({
  page,
}) => {
  await openRecorded(page)
  await page.getByRole('button', { name: 'Presenter mode' }).click()
  const presenter = page.getByRole('region', { name: 'Presenter', exact: true })
  await expect(presenter).toContainText('Describe a rainy day')
  await expect(verdict(page)).toBeHidden()
  const sizes = () =>
    lane(page, 'Diffusion')
      .locator('[data-position]')
      .evaluateAll((all) => all.map((each) => parseFloat(getComputedStyle(each).fontSize)))
  await expect.poll(async () => Math.min(...(await sizes()))).toBeGreaterThanOrEqual(24)
  await presenter.getByRole('button', { name: 'Show the verdict' }).click()
  await expect(verdict(page)).toBeVisible()
  await presenter.getByRole('button', { name: 'Next prompt' }).click()
  await expect(page).toHaveURL(/#recording\/open-two$/)
  await expect(verdict(page)).toBeHidden()
  expect(await findings(page)).toEqual([])
  await presenter.getByRole('button', { name: 'Leave' }).click()
  await expect(presenter).toBeHidden()
  await page.goto('/#recording/outside')
  await expect(page.getByRole('button', { name: 'Which day comes after Friday?' })).toBeVisible()
  await page.getByRole('heading', { name: 'Diffuscope' }).click()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('play and pause')
})

test('the next reveal is foretold: a click on a mask is scored against the run', async ({ page }) => {
  await openRecorded(page)
  await page.getByRole('button', { name: 'Predict', exact: true }).click()
  const game = page.getByRole('region', { name: 'Predict', exact: true })
  await expect(game).toContainText('Click the grey place')
  const masked = lane(page, 'Diffusion').locator('[data-position][data-state=masked]')
  await masked.first().click()
  await expect(game).toContainText(/of 1 right/)
  await masked.first().click()
  await expect(game).toContainText(/of 2 right.*Blind guessing: \d/)
  expect(await findings(page)).toEqual([])
})

for (const path of ['/', '/?embed=1#recording/open-json']) {
  test(`no token is cut off or too small at any width: ${path}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(path)
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    for (const width of [320, 360, 390, 600, 768, 1024, 1280, 1440]) {
      await page.setViewportSize({ width, height: 800 })
      const faults = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.lane')].flatMap((lane) => {
            const { left, right } = lane.getBoundingClientRect()
            return [...lane.querySelectorAll('[data-position]')].flatMap((token) => {
              const box = token.getBoundingClientRect()
              const isCut = box.left < left - 0.5 || box.right > right + 0.5 || right > innerWidth
              return isCut || parseFloat(getComputedStyle(token).fontSize) < 10.5 ? [token.textContent] : []
            })
          }),
        )
      await expect.poll(faults, `${width} wide`).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${width} wide`).toBeLessThanOrEqual(0)
    }
    if (path !== '/') return
    await page.setViewportSize({ width: 1024, height: 768 })
    await lane(page, 'Diffusion').locator('[data-position]').nth(4).click()
    await expect(page.getByText('Guess changed')).toBeInViewport()
  })
}
