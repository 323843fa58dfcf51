import { readFileSync } from 'node:fs'
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import {
  cells,
  chooseClock,
  committed,
  goTo,
  lane,
  LANES,
  lastMoment,
  openRecorded,
  prompt,
  run,
  slider,
  stands,
} from './page.ts'

/** Presses Share and reads the link. */
async function share(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  return page.getByRole('textbox', { name: 'Link' }).inputValue()
}

/** A link that was given away once. */
function published(name: string, ending = 'txt'): string {
  return readFileSync(new URL(`../src/share/link/fixtures/${name}.${ending}`, import.meta.url), 'utf8').trim()
}

/** A context that knows nothing, in which no model can be fetched. */
async function openFresh(browser: Browser, baseURL: string | undefined, link: string) {
  const context = await browser.newContext({ baseURL: baseURL ?? '', serviceWorkers: 'block' })
  const page = await context.newPage()
  const asked: string[] = []
  await page.route('**/models/**', (route) => {
    asked.push(route.request().url())
    return route.abort()
  })
  await page.goto(link)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  return { context, page, asked }
}

test('a link replays both lanes in a fresh browser without the model: the same tokens at every step', async ({
  page,
  browser,
  baseURL,
}) => {
  await openRecorded(page)
  // By passes in common, which rounding of the times cannot move.
  await chooseClock(page, 'forward passes')
  await goTo(page, 9)
  const link = await share(page)
  await page.keyboard.press('Escape')
  const fresh = await openFresh(browser, baseURL, link)
  await expect(slider(fresh.page)).toHaveValue('9')
  await expect(fresh.page.getByRole('radio', { name: 'forward passes' })).toBeChecked()
  expect(await stands(fresh.page)).toEqual(await stands(page))
  const last = await lastMoment(page)
  expect(await lastMoment(fresh.page)).toBe(last)
  for (const each of [page, fresh.page]) await goTo(each, 0)
  for (let step = 1; step <= last; step++) {
    for (const each of [page, fresh.page]) await each.keyboard.press('ArrowRight')
    for (const each of [page, fresh.page]) await expect(slider(each)).toHaveValue(String(step))
    for (const name of LANES) {
      expect(await committed(fresh.page, name), `${name}, step ${step}`).toEqual(await committed(page, name))
    }
  }
  await expect(lane(fresh.page, 'Diffusion')).toContainText(/parameters/)
  await expect(prompt(fresh.page)).toHaveValue(await prompt(page).inputValue())
  expect(fresh.asked).toEqual([])
  await fresh.context.close()
})

test('Share copies the link, tells its length, and gives the same link twice', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openRecorded(page)
  const link = await share(page)
  await expect(page.getByText(`Copied: ${link.length.toLocaleString('en')} characters.`)).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  await page.keyboard.press('Escape')
  expect(await share(page)).toBe(link)
})

test('a clipboard that is refused: the link stands selected', async ({ page }) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))
  })
  await openRecorded(page)
  const link = await share(page)
  await expect(page.getByText(/copy it yourself/)).toBeVisible()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(link)
})

test('the system’s share sheet is offered where there is one, with the same link', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(navigator, {
      share: (data: ShareData) => {
        Object.assign(window, { sent: data })
        return Promise.reject(new DOMException('closed', 'AbortError'))
      },
    })
  })
  await openRecorded(page)
  const link = await share(page)
  await page.getByRole('button', { name: 'Send…' }).click()
  expect(await page.evaluate(() => (window as unknown as { sent: ShareData }).sent.url)).toBe(link)
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(link)
})

test('opening a link leaves one entry in the history; back and forward work; the address stays', async ({
  page,
}) => {
  await openRecorded(page)
  const link = await share(page)
  await page.keyboard.press('Escape')
  await page.goto('about:blank')
  const before = await page.evaluate(() => history.length)
  await page.goto(link)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  expect(await page.evaluate(() => history.length)).toBe(before + 1)
  await prompt(page).fill('something else')
  expect(page.url()).toBe(link)

  await page.evaluate(() => (location.hash = ''))
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await page.goBack()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  await page.goForward()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
})

test('another run has an address of its own; Back brings the link', async ({ page }) => {
  await openRecorded(page)
  const link = await share(page)
  await page.goto('about:blank')
  await page.goto(link)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  await run(page, 'Name three colours.')
  expect(new URL(page.url()).hash).toMatch(/^#run\//)
  await page.goBack()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  expect(page.url()).toBe(link)
})

test('a link from a model that this page does not have plays, and says so', async ({ page }) => {
  const link = published('v2-recorded-threshold')
  await page.goto(`/#${link}`)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  await expect(page.getByText(/which is not the model of this page/)).toBeVisible()
  await expect.poll(async () => (await committed(page, 'Diffusion')).length).toBeGreaterThan(0)
})

test('on a phone, what came by a link stays within its box', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const link = published('v2-recorded-threshold')
  await page.goto(`/#${link}`)
  const box = page.getByRole('region', { name: 'Shared comparison' })
  await expect(box.getByText(/which is not the model of this page/)).toBeVisible()
  const right = async (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().right)
  for (const text of [/^“/, /which is not the model/]) {
    expect(await right(box.getByText(text))).toBeLessThanOrEqual((await right(box)) - 10)
  }
})

test('links that were given away play, with the sender’s device and on the sender’s step', async ({
  page,
}) => {
  await openRecorded(page)
  for (const name of ['v2-recorded-threshold', 'v2-re-masked']) {
    const wanted = JSON.parse(published(name, 'json')) as {
      playhead: number
      diffusion: { device: { label: string } }
    }
    await page.evaluate((hash) => (location.hash = hash), `#${published(name)}`)
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', /shared|derived|illustrative/)
    await expect.poll(async () => (await stands(page))['Diffusion']?.step).toBe(wanted.playhead)
    await expect(lane(page, 'Diffusion')).toContainText(wanted.diffusion.device.label.trim())
    await expect(page.getByRole('alert')).toBeHidden()
  }
})

test('what a crawler reads of the page: title, description and a picture that is there', async ({
  page,
  request,
}) => {
  await page.goto('/')
  const content = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute('content')
  expect(await content('title')).toMatch(/diffusion/i)
  expect(await content('description')).toMatch(/\w+/)
  const picture = await request.get(new URL((await content('image'))!, page.url()).href)
  expect(picture.headers()['content-type']).toBe('image/png')
  const bytes = await picture.body()
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
})

test('a link that was damaged, escaped, or is from the future', async ({ page }) => {
  await openRecorded(page)
  const link = new URL(await share(page))
  const open = async (hash: string) => {
    await page.goto('about:blank')
    await page.goto(`/${hash}`)
  }
  await open(link.hash.replace('.', '%2E').replace('#', '#%20'))
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  for (const [hash, sentence] of [
    [link.hash.slice(0, -40), /damaged/],
    ['#c999.abc', /newer version/],
    ['#<img src=x onerror=hacked=1>', /not a link/],
    ['#recording/none', /no recording/],
  ] as const) {
    await open(hash)
    await expect(page.getByRole('alert')).toContainText(sentence)
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('a link in the prompt box is offered to be opened', async ({ page }) => {
  await openRecorded(page)
  const link = await share(page)
  await page.keyboard.press('Escape')
  await prompt(page).fill(` ${link}\n`)
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  expect(page.url()).toBe(link)
  await expect(prompt(page)).not.toHaveValue(/c\d\./)
})

test('run it live here: both runs, and what differs', async ({ page }) => {
  await openRecorded(page)
  const link = await share(page)
  await page.goto('about:blank')
  await page.goto(link)
  await page.getByRole('button', { name: 'Run it live here' }).click()
  await expect(lane(page, 'Autoregressive')).toHaveAttribute('data-status', 'done', { timeout: 90_000 })
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live')
  const differences = page.getByRole('row').filter({ hasText: 'Diffusion' })
  await expect(differences).toContainText(/same tokens|position|another step/)
  await page.getByRole('radio', { name: 'Sender’s' }).click()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  await page.getByRole('radio', { name: 'Here' }).click()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live')
})

test('a lesson: caption, no controls, a step that stays', async ({ page }) => {
  await openRecorded(page)
  await chooseClock(page, 'forward passes')
  await goTo(page, 5)
  await share(page)
  await page.getByText('For a lesson').click()
  await page.getByRole('textbox', { name: 'Caption' }).fill('Which <b>token</b> comes next?')
  await page.getByText('Show the comparison alone').click()
  await page.getByText('Hold it on this step').click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByText('Which <b>token</b> comes next?')).toBeVisible()
  await expect(prompt(page)).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(slider(page)).toHaveValue('5')
  await expect(slider(page)).toBeDisabled()
  await expect(page.getByText('Held on step 5 for this lesson')).toBeVisible()
  await expect(cells(page, 'Diffusion').first()).toBeVisible()
  await page.getByRole('button', { name: 'Show the controls' }).click()
  await expect(prompt(page)).toBeVisible()
})

test('a prompt of markup, right-to-left text and emoji goes through a link', async ({
  page,
  browser,
  baseURL,
}) => {
  const text = '<img src=x onerror="window.hacked=1"> שלום 👋🏽 &amp; %3Cscript%3E'
  await openRecorded(page)
  await run(page, text)
  const before = await committed(page, 'Diffusion')
  const fresh = await openFresh(browser, baseURL, await share(page))
  await expect(prompt(fresh.page)).toHaveValue(text)
  await expect(fresh.page.getByText(`“${text}”`)).toBeVisible()
  expect(await committed(fresh.page, 'Diffusion')).toEqual(before)
  expect(await fresh.page.evaluate(() => 'hacked' in window)).toBe(false)
  await fresh.context.close()
})
