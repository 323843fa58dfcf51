import { expect, test, type Page } from '@playwright/test'
import { cells, finished, goTo, lane, LANES, prompt, run, slider, stands, states } from './page.ts'

const place = (page: Page, name: string, position: number) =>
  lane(page, name).locator(`[data-position="${position}"]`)
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const written = async (page: Page, name: string) =>
  (await states(page, name)).filter(({ state }) => state !== 'end').map(({ text }) => text)
const done = (page: Page, name: string) =>
  expect(lane(page, name)).toHaveAttribute('data-status', 'done', { timeout: 90_000 })

test('positions are pinned, replaced and masked again, and forks go on beside the original', async ({
  page,
}) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto('/?model=small')
  await run(page, 'Name three fruits.')
  await slider(page).focus()
  await page.keyboard.press('End')
  const answer = await written(page, 'Diffusion')

  // Tokens of one's own, with undo and redo.
  await place(page, 'Diffusion', 1).click()
  await press(page, 'Replace')
  await page.getByLabel('Text to put there').fill('purple')
  await press(page, 'Put it there')
  await expect(place(page, 'Diffusion', 1)).toHaveText('purple')
  await expect(place(page, 'Diffusion', 1)).toHaveAttribute('data-state', 'pinned')
  await press(page, 'Undo')
  await expect(place(page, 'Diffusion', 1)).toHaveText(answer[1]!)
  await press(page, 'Redo')
  await expect(place(page, 'Diffusion', 1)).toHaveText('purple')
  await press(page, 'Replace')
  await page.getByLabel('Text to put there').fill('purple '.repeat(200))
  await press(page, 'Put it there')
  await expect(page.getByText(/takes \d+ tokens, and from here to the end/)).toBeVisible()

  // By keyboard: a range behind it is masked again, what stands in front is pinned.
  await place(page, 'Diffusion', 2).focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('button', { name: 'Mask again', exact: true }).press('Enter')
  await expect(place(page, 'Diffusion', 3)).toHaveAttribute('data-again', 'true')
  await expect(page.getByText('Masked positions 3 to 5 again.')).toBeAttached()
  await place(page, 'Diffusion', 0).focus()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Pin', exact: true }).press('Enter')
  await expect(place(page, 'Diffusion', 0)).toHaveAttribute('data-pinned', 'true')
  await expect(place(page, 'Diffusion', 0)).toHaveAttribute('data-state', 'committed')

  await press(page, 'Go on from here')
  await done(page, 'Fork 1')
  await slider(page).focus()
  await page.keyboard.press('End')
  await expect(place(page, 'Fork 1', 1)).toHaveText('purple')
  await expect(place(page, 'Fork 1', 0)).toHaveText(answer[0]!)
  await expect.poll(() => written(page, 'Diffusion')).toEqual(answer)
  await expect(lane(page, 'Fork 1')).toContainText(
    /From Diffusion, step \d+\. \d+ of \d+ tokens differ; 1 was yours\./,
  )
  await expect(place(page, 'Diffusion', 1)).toHaveAttribute('data-differs', 'true')
  await place(page, 'Fork 1', 1).click()
  await expect(page.getByLabel('Why this token')).toContainText(/Replaced by you after step \d+/)
  await page.keyboard.press('Escape')

  // An autoregressive lane goes on behind a token.
  await place(page, 'Autoregressive', 1).click()
  await press(page, 'Replace')
  await page.getByLabel('Text to put there').fill('purple')
  await press(page, 'Put it there')
  await press(page, 'Go on from here')
  await done(page, 'Fork 2')
  await slider(page).focus()
  await page.keyboard.press('End')
  await expect(place(page, 'Fork 2', 1)).toHaveText('purple')

  // Closing is undone; all of it lives through a reload.
  await press(page, 'Close Fork 1')
  await expect(lane(page, 'Fork 1')).toHaveCount(0)
  await press(page, 'Bring it back')
  await expect(place(page, 'Fork 1', 1)).toHaveText('purple')
  const forks = [await written(page, 'Fork 1'), await written(page, 'Fork 2')]
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#run/)
  await page.reload()
  await expect(lane(page, 'Fork 2')).toHaveAttribute('data-source', 'recorded')
  await slider(page).focus()
  await page.keyboard.press('End')
  await expect.poll(async () => [await written(page, 'Fork 1'), await written(page, 'Fork 2')]).toEqual(forks)
  expect(errors).toEqual([])
})

test('a recording is gone on from at a step in the midst, with other settings, by touch on a phone', async ({
  browser,
}) => {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto('/#recording/sum')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await goTo(page, 2)
  const { Diffusion: stood } = await stands(page)
  await page.getByRole('button', { name: 'Fork Diffusion here' }).tap()
  await lane(page, 'Diffusion').getByText('With other settings').tap()
  await page.getByRole('button', { name: 'Another' }).tap()
  await page.getByRole('button', { name: 'Go on from here' }).tap()
  await done(page, 'Fork 1')
  await expect(lane(page, 'Fork 1')).toContainText(`From Diffusion, step ${stood!.step}.`)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await context.close()
})

test('a text with gaps is filled by both lanes, and a gap is widened by keys', async ({ page }) => {
  await page.goto('/?model=small')
  await prompt(page).fill('The dog barked at Ben.')
  await prompt(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(4, 7))
  await press(page, 'Make a gap')
  await expect(prompt(page)).toHaveValue('The [1] barked at Ben.')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await finished(page)
  for (const name of LANES) {
    await expect(lane(page, name).locator('[data-state="given"]').first()).toHaveText('The')
    await expect(lane(page, name).locator('[data-state="committed"]')).toHaveCount(1)
  }
  const filled = await written(page, 'Diffusion')
  expect(filled.join(' ')).toMatch(/^The \S+ bar ?ked at Ben/)

  await slider(page).focus()
  await page.keyboard.press('Home')
  await expect(lane(page, 'Autoregressive').locator('[data-unseen]').first()).toHaveText(/^bar/)
  await expect(lane(page, 'Diffusion').locator('[data-unseen]')).toHaveCount(0)

  await page.getByRole('slider', { name: 'Gap 1' }).press('ArrowRight')
  await expect(prompt(page)).toHaveValue('The [2] barked at Ben.')
  await expect(cells(page, 'Diffusion')).toHaveCount(filled.length + 1)
  await finished(page)
})
