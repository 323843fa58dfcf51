import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { choose, chooseClock, lane, openRecorded, prompt, slider } from './page.ts'

const PATIENT = { timeout: 90_000 }

const results = (page: Page) => page.getByRole('region', { name: 'Results' })

/** The results' lanes, as the table lists them now. */
const listed = (page: Page) => results(page).locator('tbody th').allTextContents()

/** The race's dialog, over a short prompt of the small world. */
async function openRace(page: Page): Promise<Locator> {
  await openRecorded(page)
  await choose(page, 'Answer length', '24 tokens')
  await prompt(page).fill('What is the capital of France?')
  await page.getByRole('button', { name: 'Race', exact: true }).click()
  return page.getByRole('dialog', { name: 'A race of lanes' })
}

async function finished(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await expect(lane(page, name)).toHaveAttribute('data-source', 'live', PATIENT)
    await expect(lane(page, name)).toHaveAttribute('data-status', 'done', PATIENT)
  }
}

test('a race of budgets and one of free choice: a table that sorts, files, a picture, a link', async ({
  page,
  browser,
  baseURL,
}) => {
  const dialog = await openRace(page)
  await dialog.getByRole('button', { name: 'Budgets' }).click()
  const { violations } = await new AxeBuilder({ page }).include('.race-form').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await dialog.getByRole('button', { name: 'Start the race' }).click()
  const BUDGETS = ['1 a pass', '2 a pass', '4 a pass', '8 a pass']
  await finished(page, BUDGETS)
  await expect.poll(() => listed(page)).toEqual(BUDGETS)
  const passes = results(page).getByRole('columnheader', { name: 'Passes' })
  await passes.getByRole('button').click()
  await expect(passes).toHaveAttribute('aria-sort', 'ascending')
  const counts = await results(page).locator('tbody td:nth-of-type(1)').allTextContents()
  expect(counts.map(Number)).toEqual(counts.map(Number).toSorted((a, b) => a - b))

  const saved = async (kind: 'CSV' | 'Markdown') => {
    const download = page.waitForEvent('download')
    await results(page).getByRole('button', { name: kind }).click()
    return readFile(await (await download).path(), 'utf8')
  }
  const csv = (await saved('CSV')).split('\r\n')
  expect(csv[0]).toContain('lane,passes,milliseconds')
  expect(csv.slice(1, 5).map((line) => line.split(',')[0])).toEqual(BUDGETS)
  expect(await saved('Markdown')).toContain('| Lane | Passes |')

  // All four panes are in sight at once, and their words are those of one prompt.
  await page.evaluate(() => scrollTo(0, 0))
  for (const name of BUDGETS) await expect(lane(page, name)).toBeInViewport({ ratio: 1 })
  await page.getByRole('button', { name: 'Export' }).click()
  const picture = page.waitForEvent('download')
  await page.getByRole('button', { name: 'PNG' }).click()
  expect((await readFile(await (await picture).path())).subarray(1, 4).toString()).toBe('PNG')
  await page.keyboard.press('Escape')

  // Times are rounded in a link, passes are not.
  await chooseClock(page, 'forward passes')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const fresh = await context.newPage()
  await fresh.goto(link)
  for (const name of BUDGETS) await expect(lane(fresh, name)).toHaveAttribute('data-source', 'shared')
  await expect.poll(() => listed(fresh)).toEqual(BUDGETS)
  await expect(slider(fresh)).toHaveAttribute('max', (await slider(page).getAttribute('max'))!)
  await context.close()
})

test('a race of two by free choice, run with two seeds, one lane of which takes back what it wrote', async ({
  page,
}) => {
  const dialog = await openRace(page)
  await dialog.getByRole('button', { name: 'Revision' }).click()
  await dialog.getByRole('button', { name: 'Take lane 4 out' }).click()
  await dialog.getByRole('button', { name: 'Take lane 3 out' }).click()
  const second = dialog.getByRole('listitem', { name: /^Lane 2:/ })
  await second.getByLabel('Tokens a pass').fill('1')
  await dialog
    .getByRole('listitem', { name: /^Lane 1:/ })
    .getByRole('combobox', { name: 'Lane 1' })
    .selectOption('Autoregressive')
  await dialog.getByLabel('Runs over seeds').fill('2')
  await dialog.getByRole('button', { name: 'Start the race' }).click()
  const repeated = page.getByRole('region', { name: 'Repeated runs' })
  await expect(repeated.getByRole('columnheader', { name: '2 of 2 runs' })).toBeVisible(PATIENT)
  await expect(repeated.locator('tbody tr')).toHaveCount(2)
  await finished(page, ['Autoregressive', 'ReMDM cap'])
  await expect.poll(() => listed(page)).toEqual(['Autoregressive', 'ReMDM cap'])
  // Somewhere on the way a token was taken back: its place is drawn so, and the step says it.
  await chooseClock(page, 'forward passes')
  await slider(page).focus()
  await page.keyboard.press('Home')
  const again = lane(page, 'ReMDM cap').locator('[data-again]')
  for (let moment = 0; (await again.count()) === 0; moment++) {
    expect(moment).toBeLessThan(200)
    await page.keyboard.press('ArrowRight')
  }
  await expect(again.first()).toHaveAttribute('data-state', /masked|guess/)
})
