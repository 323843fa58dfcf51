import { readFileSync } from 'node:fs'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { cells, goTo, lane, lastStep, prompt, run, slider, states } from './page.ts'

const LANES = ['Diffusion', 'Autoregressive'] as const

/** Opens the page with its default recording, standing still. */
async function openRecorded(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
}

/** Presses Share and reads the link. */
async function share(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  return page.getByRole('textbox', { name: 'Link' }).inputValue()
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

/** What is committed in a lane now: position, token, state. */
async function committed(page: Page, name: (typeof LANES)[number]) {
  const all = await states(page, name)
  return all
    .filter(({ state }) => state !== 'masked' && state !== 'guess')
    .map(({ position, state, text }) => ({ position, state, text }))
}

test('a link replays both lanes in a fresh browser without the model: the same tokens at every step', async ({
  page,
  browser,
  baseURL,
}) => {
  await openRecorded(page)
  await goTo(page, 9)
  const link = await share(page)
  await page.keyboard.press('Escape')
  const fresh = await openFresh(browser, baseURL, link)
  await expect(slider(fresh.page)).toHaveValue('9')
  const last = await lastStep(page)
  expect(await lastStep(fresh.page)).toBe(last)
  // By steps in common, which rounding of the clocks cannot move.
  for (const each of [page, fresh.page]) await each.getByRole('radio', { name: 'forward passes' }).click()
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
  await expect(prompt(page)).not.toHaveValue(/c1\./)
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
  await expect(cells(page, 'Diffusion').first()).toBeVisible()
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

/** Drops a text file on the page. */
async function drop(page: Page, content: string): Promise<void> {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }))
    return data
  }, content)
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

/** Opens the menu, saves one kind of file and reads it. */
async function saved(page: Page, kind: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 90_000 }),
    page.getByRole('button', { name: kind, exact: true }).click(),
  ])
  return readFileSync(await download.path())
}

test('JSON, Markdown and PNG are saved; the JSON opens again with the same tokens', async ({ page }) => {
  await openRecorded(page)
  const before = await committed(page, 'Diffusion')
  await page.getByRole('button', { name: 'Export' }).click()
  const json = await saved(page, 'JSON')
  const markdown = await saved(page, 'Markdown')
  const png = await saved(page, 'PNG')
  expect(markdown.toString()).toContain('## Autoregression')
  expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  expect(png.readUInt32BE(16)).toBe(2160)
  await page.keyboard.press('Escape')
  await page.goto('/#recording/sum')
  await expect(prompt(page)).toHaveValue(/47/)
  await drop(page, json.toString())
  await expect(prompt(page)).not.toHaveValue(/47/)
  expect(await committed(page, 'Diffusion')).toEqual(before)
})

test('a GIF of the run moves, and making it can be cancelled', async ({ page }) => {
  await openRecorded(page)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'GIF', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden()
  const gif = await saved(page, 'GIF')
  expect(gif.subarray(0, 6).toString()).toBe('GIF89a')
  const frames = gif.toString('latin1').split('\x21\xf9\x04').length - 1
  expect(frames).toBeGreaterThan(10)
  expect(gif.length).toBeLessThan(6_000_000)
})

test('a hostile JSON of 10 MB is refused in a sentence, and the page goes on', async ({ page }) => {
  await openRecorded(page)
  for (const content of [
    `{"version":1,"prompt":"${'x'.repeat(9_900_000)}","diffusion":{"header":{}}}`,
    '['.repeat(5_000_000),
    `{"histories":[${'[1,2,3,4],'.repeat(900_000)}[1]]}`,
    'x'.repeat(10_000_001),
    '{"version":1,"prompt":"<img src=x onerror=window.hacked=1>"}',
  ]) {
    await drop(page, content)
    await expect(page.getByRole('alert')).toContainText(/cannot be read/, { timeout: 15_000 })
    await page.getByRole('button', { name: 'Dismiss' }).click()
  }
  await goTo(page, 2)
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('a list of canvases is opened as what it is: derived, without times', async ({ page }) => {
  await openRecorded(page)
  await drop(
    page,
    JSON.stringify({
      histories: [
        [null, null],
        ['a', null],
        ['a', 'b'],
      ],
      prompt: 'two letters',
    }),
  )
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'derived')
  expect((await committed(page, 'Diffusion')).map(({ text }) => text)).toEqual(['a', 'b'])
  await expect(page.getByText(/times are not known/)).toBeVisible()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(slider(page)).toHaveValue('2')
})

test('own runs are kept: named, opened again, deleted', async ({ page }) => {
  await openRecorded(page)
  await run(page, 'Name four fruits.')
  await page.reload()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await page.getByRole('button', { name: 'Gallery' }).click()
  const name = page.getByRole('textbox', { name: /Name of the run/ })
  await expect(name).toHaveValue('Name four fruits.')
  await name.fill('My fruits')
  await name.press('Enter')
  await expect(page.getByRole('button', { name: 'Delete “My fruits”' })).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(prompt(page)).toHaveValue('Name four fruits.')
  await page.getByRole('button', { name: 'Gallery' }).click()
  await page.getByRole('button', { name: 'Delete all' }).click()
  await page.getByRole('button', { name: /Yes, delete all/ }).click()
  await expect(page.getByText(/kept here, in this browser alone/)).toBeVisible()
})

test('without IndexedDB runs go on, and the gallery says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('private', 'InvalidStateError')
    }
  })
  await openRecorded(page)
  await run(page, 'Name four fruits.')
  await page.getByRole('button', { name: 'Gallery' }).click()
  await expect(page.getByRole('alert')).toContainText(/keeps nothing for this page/)
  await page.getByRole('link', { name: /A sum/ }).click()
  await expect(prompt(page)).toHaveValue(/47/)
  expect(page.url()).toContain('#recording/sum')
})

test('a reload in mid-run loses no more than its last moments', async ({ page }) => {
  await openRecorded(page)
  await prompt(page).fill('Write a short story about Nora and a lantern.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live', { timeout: 60_000 })
  await expect.poll(() => lastStep(page)).toBeGreaterThan(3)
  await page.reload()
  await expect(page.getByRole('alert')).toContainText(/left in the middle/)
  await expect(prompt(page)).toHaveValue('Write a short story about Nora and a lantern.')
  expect((await committed(page, 'Diffusion')).length).toBeGreaterThan(0)
})

test('the embedded player obeys and reports, and only to the page around it', async ({ page, baseURL }) => {
  await openRecorded(page)
  const frame = await page.evaluateHandle(async (url) => {
    const heard: unknown[] = []
    Object.assign(window, { heard })
    addEventListener('message', ({ data }) => heard.push(data))
    const element = document.createElement('iframe')
    element.src = url
    document.body.replaceChildren(element)
    await new Promise((resolve) => element.addEventListener('load', resolve))
    return element
  }, `${baseURL}/?embed=1#recording/sum`)
  const player = page.frameLocator('iframe')
  const inside = player.getByRole('region', { name: 'Diffusion', exact: true })
  await expect(inside).toHaveAttribute('data-source', 'recorded')
  await expect(player.getByRole('textbox', { name: 'Prompt' })).toHaveCount(0)
  await frame.evaluate((element) => {
    element.contentWindow?.postMessage({ type: 'diffuscope:step', step: 3 }, '*')
    element.contentWindow?.postMessage({ type: 'diffuscope:step', step: '<b>' }, '*')
  })
  await expect(player.getByRole('slider', { name: 'Step' })).toHaveValue('3')
  await expect
    .poll(() => page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[] }).heard)))
    .toMatch(/"diffuscope:state","step":3,.*|diffuscope:resize/)
  await frame.evaluate((element) => element.contentWindow?.postMessage({ type: 'diffuscope:play' }, '*'))
  await expect(player.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
})
