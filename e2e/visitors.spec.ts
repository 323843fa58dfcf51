import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { publishedLinks } from '../src/share/testing/published-links.ts'
import { drop } from './drop.ts'
import { cells, chooseView, goTo, lane, openRecorded, prompt, slider, stands } from './page.ts'

const link = publishedLinks().get('v2-story.txt')

/** What a page translator does: every text node gives way to an element that holds the text. */
function translatePage(page: Page, how: 'at once' | 'beside first'): Promise<void> {
  return page.evaluate((how) => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const all: Text[] = []
    while (walk.nextNode()) {
      const text = walk.currentNode as Text
      const isKept = text.parentElement?.closest('script, style, textarea, [translate=no]')
      if (text.data.trim() !== '' && !isKept) all.push(text)
    }
    for (const text of all) {
      const font = document.createElement('font')
      font.textContent = text.data
      if (how === 'at once') text.replaceWith(font)
      else {
        text.before(font)
        text.remove()
      }
    }
  }, how)
}

for (const how of ['at once', 'beside first'] as const) {
  for (const view of ['Text', 'Cells'] as const)
    test(`a page translator changes words, but no token, and takes nothing down (${how}, ${view})`, async ({
      page,
    }) => {
      await openRecorded(page)
      await chooseView(page, view)
      await expect(
        lane(page, 'Diffusion')
          .locator(view === 'Text' ? '.place' : '.tokens .cell')
          .first(),
      ).toBeVisible()
      const written = await page.evaluate(() =>
        [...document.querySelectorAll('.place, .cell, .answer-text')].map(({ textContent }) => textContent),
      )
      await translatePage(page, how)
      expect(
        await page.evaluate(() =>
          [...document.querySelectorAll('.place font, .cell font, .answer-text font')].map(
            ({ textContent }) => textContent,
          ),
        ),
      ).toEqual([])
      const last = Number(await slider(page).getAttribute('max'))
      for (const step of [0, 1, 5, last]) {
        await goTo(page, step)
        await translatePage(page, how)
        // What is counted on the page goes on counting.
        const { step: stood } = (await stands(page))['Diffusion']!
        await expect(page.locator('.step-count')).toContainText(`${stood} / `)
      }
      const again = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.place, .cell, .answer-text')].map(({ textContent }) => textContent),
        )
      await expect.poll(again).toEqual(written)
      await cells(page, 'Diffusion').first().click()
      await translatePage(page, how)
      for (const name of ['Settings', 'Gallery', 'Export', 'Share']) {
        await page.getByRole('button', { name, exact: true }).click()
        await expect(page.getByRole('dialog')).toBeVisible()
        await translatePage(page, how)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
        await page.keyboard.press('ArrowRight')
      }
      await expect(page.getByText('The page could not be drawn')).toHaveCount(0)
      await expect(lane(page, 'Diffusion')).toBeVisible()
    })
}

test('the Enter of an input method starts nothing, in either order of events', async ({ page }) => {
  const models: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/models/')) models.push(request.url())
  })
  await openRecorded(page)
  await prompt(page).fill('にほんご')
  const prevented = await page.evaluate(() =>
    [
      { keyCode: 229, isComposing: false },
      { keyCode: 229, isComposing: true },
      { keyCode: 13, isComposing: true },
    ].map((how) => {
      const init = { key: 'Enter', bubbles: true, cancelable: true, ...how }
      return !document.querySelector('textarea')!.dispatchEvent(new KeyboardEvent('keydown', init))
    }),
  )
  expect(prevented).toEqual([false, false, false])
  await page.waitForTimeout(500)
  expect(models).toEqual([])
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
})

test('letters that the model cannot read are told before anybody waits', async ({ page }) => {
  await openRecorded(page)
  await prompt(page).fill('你好')
  await expect(page.getByText(/cannot read “你”/)).toBeVisible()
  await prompt(page).fill('Hello')
  await expect(page.getByText(/cannot read/)).toHaveCount(0)
})

test.describe('storage that never answers', () => {
  test.use({ serviceWorkers: 'block' })

  test('keeps nobody waiting, and the gallery does not claim that runs are kept', async ({ page }) => {
    await page.addInitScript(() => {
      const silent = { addEventListener: { value() {} }, removeEventListener: { value() {} } }
      IDBFactory.prototype.open = () => Object.create(IDBOpenDBRequest.prototype, silent)
      CacheStorage.prototype.open = () => new Promise(() => undefined)
    })
    await page.goto('/')
    await prompt(page).fill('Name three colours.')
    await prompt(page).press('Enter')
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live', { timeout: 60_000 })
    await page.reload()
    // A run or a sentence, within seconds.
    await expect(cells(page, 'Diffusion').first()).toBeVisible({ timeout: 9000 })
    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    const own = page.getByRole('region', { name: 'Your runs' })
    await expect(own.getByText(/keeps nothing for this page/)).toBeVisible({ timeout: 9000 })
  })
})

for (const serviceWorkers of ['block', 'allow'] as const) {
  test(`an address whose # was escaped leads to its comparison, service workers: ${serviceWorkers}`, async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ baseURL: baseURL!, serviceWorkers })
    const page = await context.newPage()
    if (serviceWorkers === 'allow') {
      await page.goto('/')
      await page.evaluate(async () => navigator.serviceWorker.ready)
      await page.reload()
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    }
    for (const path of [`/%23${link}`, `/?embed=1%23${link}`]) {
      await page.goto(path)
      await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
      expect(new URL(page.url()).hash).toBe(`#${link}`)
    }
    await page.goto('/%23recording/story')
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    expect(new URL(page.url()).hash).toBe('#recording/story')
    await context.close()
  })
}

test('a link with invisible characters is read', async ({ page }) => {
  await page.goto(`/#${link!.slice(0, 40)}\u200b\u00ad${link!.slice(40)}`)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
})

test('the player plays in a frame of the strictest sandbox', async ({ page, baseURL }) => {
  const html = `<!doctype html><iframe sandbox="allow-scripts" src="${baseURL}/?embed=1#recording/story" width="900" height="640"></iframe>`
  const host = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`)
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('region', { name: 'Diffusion', exact: true })).toHaveAttribute(
    'data-source',
    'recorded',
  )
  await frame.getByRole('slider', { name: 'Step', exact: true }).focus()
  await page.keyboard.press('End')
  await expect(frame.locator('.answer-text').first()).not.toBeEmpty()
  host.close()
})

test('a page that was hidden goes on where it stood', async ({ page }) => {
  await page.addInitScript(() => {
    const real = requestAnimationFrame.bind(window)
    let held: FrameRequestCallback[] = []
    let off = false
    Object.assign(window, {
      hide: () => (off = true),
      show: () => {
        off = false
        for (const frame of held.splice(0)) real(frame)
      },
      requestAnimationFrame: (frame: FrameRequestCallback) => (off ? held.push(frame) : real(frame)),
    })
    held = []
  })
  await openRecorded(page)
  await goTo(page, 3)
  await page.getByRole('button', { name: 'Play' }).click()
  await page.evaluate(() => (window as never as { hide(): void }).hide())
  const before = Number(await slider(page).inputValue())
  await page.waitForTimeout(4000)
  const after = await page.evaluate(async () => {
    ;(window as never as { show(): void }).show()
    await new Promise((resolve) => setTimeout(resolve, 40))
    return Number(document.querySelector<HTMLInputElement>('input[type=range]')!.value)
  })
  const last = Number(await slider(page).getAttribute('max'))
  expect(after - before).toBeLessThan(Math.max(4, last / 3))
})

test('every export says that it has saved, and a GIF leaves the keyboard where it was', async ({ page }) => {
  await openRecorded(page)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  for (const kind of ['JSON', 'Markdown', 'PNG', 'GIF']) {
    const saving = page.waitForEvent('download', { timeout: 90_000 })
    await page.getByRole('button', { name: kind, exact: true }).focus()
    await page.keyboard.press('Enter')
    const name = (await saving).suggestedFilename()
    await expect(page.getByText(`Saved as ${name}.`)).toBeVisible()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(kind)
  }
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Home')
  await expect(slider(page)).toHaveValue('0')
})

test('states can be told apart in forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await page.goto('/#recording/story')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await chooseView(page, 'Cells')
  await page.getByRole('button', { name: 'Legend', exact: true }).click()
  await expect(page.locator('.legend .cell').first()).toBeVisible()
  const bars = await page.evaluate(() =>
    [...document.querySelectorAll('.legend .cell[data-state=committed]:not([data-fresh]) .bar')].map(
      (bar) => getComputedStyle(bar).backgroundImage,
    ),
  )
  expect(bars).toEqual([expect.stringContaining('gradient')])
  await page.keyboard.press('Escape')
  await goTo(page, 6)
  const looksNow = () =>
    page.evaluate(() => {
      const lookOf = (element: Element) => {
        const { borderStyle, borderWidth, borderColor } = getComputedStyle(element)
        const before = getComputedStyle(element, '::before').content
        return [borderStyle, borderWidth, borderColor, before].join(' ')
      }
      const all = new Map<string, string>()
      for (const cell of document.querySelectorAll('.tokens .cell')) {
        all.set(cell.getAttribute('data-state')!, lookOf(cell))
      }
      return [...all]
    })
  const looks = new Map(await looksNow())
  // One that is unsure of most places.
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await goTo(page, 5)
  for (const [state, look] of await looksNow()) if (!looks.has(state)) looks.set(state, look)
  const run = page.getByRole('button', { name: 'Run', exact: true })
  expect(await run.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('1px')
  // What a recording of this model never does: a token is changed.
  await drop(page, JSON.stringify({ histories: [[null], ['a'], ['b']] }))
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'derived')
  for (const [state, look] of await looksNow()) if (!looks.has(state)) looks.set(state, look)
  expect([...looks.keys()].sort()).toEqual(['committed', 'end', 'guess', 'masked', 'revised'])
  expect(new Set(looks.values()).size).toBe(5)
})

for (const width of [320, 500, 700, 767]) {
  test(`the player does not scroll sideways, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.goto('/?embed=1#recording/story')
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }))
    expect(scroll).toBe(client)
  })
}
