import { expect, test, type Page } from '@playwright/test'
import { cells, chooseClock, lane, lastMoment, openRecorded, slider, stands, states } from './page.ts'

/** Does to the page what translators of browsers do: every text is put into elements of their own, now and later. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const wrap = (root: Node) => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const found: Text[] = []
      for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) found.push(node as Text)
      for (const text of found) {
        const parent = text.parentElement
        if (parent === null || parent.closest('font, [translate=no], script, style, textarea') !== null)
          continue
        if (text.data.trim() === '') continue
        const outer = document.createElement('font')
        const inner = outer.appendChild(document.createElement('font'))
        inner.textContent = text.data
        text.replaceWith(outer)
      }
    }
    wrap(document.body)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node.isConnected) wrap(node.parentNode!)
    }).observe(document.body, { childList: true, subtree: true })
  })
}

/** By its place: a translated name is no name to look for. */
const passes = (page: Page, name: string) => lane(page, name).locator('.measures dd').nth(1)

test('a translator of the browser breaks nothing: tokens, answer, numbers and explanation follow the playhead', async ({
  page,
}) => {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await openRecorded(page)
  await chooseClock(page, 'forward passes')
  const whole = await states(page, 'Diffusion')
  const answer = await lane(page, 'Diffusion').locator('.answer-text').textContent()
  await translate(page)

  await slider(page).focus()
  await page.keyboard.press('Home')
  await expect(passes(page, 'Diffusion')).toHaveText('0')
  expect((await states(page, 'Diffusion')).every(({ state }) => state === 'masked')).toBe(true)
  await expect(cells(page, 'Autoregressive')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await expect(passes(page, 'Autoregressive')).toHaveText('1')

  const panel = page.getByRole('complementary', { name: 'Why this token' })
  await cells(page, 'Diffusion').first().click()
  await expect(panel).toContainText(/Diffusion, position 1/)
  await cells(page, 'Diffusion').nth(3).click()
  await expect(panel).toContainText(/Diffusion, position 4/)
  await page.getByRole('button', { name: 'Close', exact: true }).click()

  await slider(page).focus()
  await page.keyboard.press('End')
  await expect(slider(page)).toHaveValue(String(await lastMoment(page)))
  const { Diffusion } = await stands(page)
  await expect(passes(page, 'Diffusion')).toHaveText(String(Diffusion!.of))
  expect(await states(page, 'Diffusion')).toEqual(whole)
  await expect(lane(page, 'Diffusion').locator('.answer-text')).toHaveText(answer ?? '')
  expect(errors).toEqual([])
})
