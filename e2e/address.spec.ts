import { expect, test, type Page } from '@playwright/test'
import { drop } from './drop.ts'
import { choose, committed, lane, lastMoment, openRecorded, prompt, run, slider, stepsOf } from './page.ts'

const hash = (page: Page) => new URL(page.url()).hash
const FILE = JSON.stringify({
  histories: [
    [null, null],
    ['a', null],
    ['a', 'b'],
  ],
  prompt: 'two letters',
})

async function chip(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar', { name: 'Prompts to try' }).getByRole('button', { name }).click()
}

test('chip, file and run each have an address; back and forward show what it names', async ({ page }) => {
  await openRecorded(page)
  expect(hash(page)).toBe('')
  const first = await prompt(page).inputValue()
  await chip(page, 'A sum')
  await expect.poll(() => hash(page)).toBe('#recording/sum')
  await expect(prompt(page)).toHaveValue(/47/)
  await drop(page, FILE)
  await expect.poll(() => hash(page)).toMatch(/^#run\/file-/)
  const file = hash(page)
  await choose(page, 'Answer length', /^24 tokens/)
  await run(page, 'Name two fruits.')
  expect(hash(page)).toMatch(/^#run\/\d{4}-/)
  const ran = hash(page)
  const answer = await committed(page, 'Diffusion')

  await page.goBack()
  await expect(prompt(page)).toHaveValue('two letters')
  expect(hash(page)).toBe(file)
  expect((await committed(page, 'Diffusion')).map(({ text }) => text)).toEqual(['a', 'b'])
  await page.goBack()
  await expect(prompt(page)).toHaveValue(/47/)
  await page.goBack()
  await expect(page.getByText(`Shown below: “${first}”`)).toBeVisible()
  expect(hash(page)).toBe('')
  for (let times = 0; times < 3; times++) await page.goForward()
  await expect(prompt(page)).toHaveValue('Name two fruits.')
  expect(hash(page)).toBe(ran)
  await expect.poll(() => committed(page, 'Diffusion')).toEqual(answer)
})

test('a reload brings back what was shown: a recording, a file, a run that ended; and the settings', async ({
  page,
}) => {
  await openRecorded(page)
  await chip(page, 'A sum')
  await expect.poll(() => hash(page)).toBe('#recording/sum')
  await prompt(page).fill('something of my own')
  await page.reload()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await expect(page.getByText(/^Shown below: “.*47/)).toBeVisible()
  await expect(prompt(page)).toHaveValue('something of my own')
  await drop(page, FILE)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'derived')
  await page.reload()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'derived')
  await expect(slider(page)).toHaveValue('2')
  await choose(page, 'Answer length', /^24 tokens/)
  await choose(page, 'Strategy', /^Threshold/)
  await run(page, 'Name two fruits.')
  const [answer, last] = [await committed(page, 'Diffusion'), await lastMoment(page)]
  await page.reload()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'done')
  await expect(prompt(page)).toHaveValue('Name two fruits.')
  expect([await committed(page, 'Diffusion'), await lastMoment(page)]).toEqual([answer, last])
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const settings = page.getByRole('dialog', { name: 'Settings of the next run' })
  await expect(settings.getByRole('button', { name: /Strategy/ })).toContainText('Threshold')
  await expect(settings.getByRole('button', { name: /Answer length/ })).toContainText('24 tokens')
})

test('a reload brings back a run that was stopped', async ({ page }) => {
  await openRecorded(page)
  await prompt(page).fill('Write a short story about Nora and a lantern.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live', { timeout: 60_000 })
  await expect.poll(() => stepsOf(page, 'Diffusion')).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const [answer, steps] = [await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]
  await page.reload()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await expect(prompt(page)).toHaveValue('Write a short story about Nora and a lantern.')
  expect([await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]).toEqual([answer, steps])
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('the newest wins: a chip that is pressed while a slow one is fetched', async ({ page }) => {
  await openRecorded(page)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/recordings/sum.json', async (route) => {
    await held
    await route.continue()
  })
  await chip(page, 'A sum')
  await chip(page, 'A fact')
  await expect.poll(() => hash(page)).toBe('#recording/fact')
  const fact = await prompt(page).inputValue()
  const answered = page.waitForResponse('**/recordings/sum.json')
  release()
  await answered
  await expect(prompt(page)).toHaveValue(fact)
  expect(hash(page)).toBe('#recording/fact')
})

test('an address that names nothing is told, and the address goes back to what is shown', async ({
  page,
}) => {
  await openRecorded(page)
  await chip(page, 'A sum')
  await expect.poll(() => hash(page)).toBe('#recording/sum')
  await page.evaluate(() => (location.hash = '#run/2020-01-01T00:00:00.000Z'))
  await expect(page.getByRole('alert')).toContainText(/does not keep that any more/)
  await expect(prompt(page)).toHaveValue(/47/)
  expect(hash(page)).toBe('#recording/sum')
})
