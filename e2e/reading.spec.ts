import { expect, test, type Page } from '@playwright/test'
import { exportJson } from '../src/share/exchange/export-json.ts'
import { comparisonOfTraces, traceOf } from '../src/store/testing/scripted.ts'
import type { Decoder } from '../src/trace/trace.ts'
import { drop } from './drop.ts'
import { lane, lastMoment, measured, openRecorded, slider } from './page.ts'

const WORD = new TextEncoder().encode(' rain')

/** Answers of 60 tokens, each of five letters with its blank: those of the recordings have four and a half. */
function sixty(count: number): string {
  const ats = Array.from({ length: 60 }, (_, step) => 20 * (step + 1))
  const decoders: Decoder[] = ['diffusion', 'autoregressive']
  const traces = Array.from({ length: count }, (_, at) => [`lane-${at}`, traceOf(decoders[at % 2]!, ats)])
  const comparison = comparisonOfTraces(Object.fromEntries(traces))
  return exportJson({
    ...comparison,
    lanes: comparison.lanes.map((each) => ({ ...each, pieces: () => WORD })),
  })
}

/** Sets the slider as a drag does, several times within one turn of the page. */
const drag = (page: Page, moments: readonly number[]) =>
  slider(page).evaluate((input, values) => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!
    for (const value of values) {
      set!.call(input, String(value))
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
  }, moments)

for (const { lanes, width, height, size } of [
  { lanes: 2, width: 1280, height: 860, size: 19 },
  { lanes: 6, width: 1280, height: 860, size: 15 },
  { lanes: 2, width: 390, height: 844, size: 16 },
]) {
  test(`${lanes} answers of 60 tokens stand in sight at ${width} by ${height}, at ${size} pixels or more`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height })
    await openRecorded(page)
    await drop(page, sixty(lanes))
    await expect(page.locator('[data-lane]')).toHaveCount(lanes)
    await slider(page).focus()
    await page.keyboard.press('End')
    await expect(page.locator('.place[data-state=committed]')).toHaveCount(60 * lanes)
    await page.evaluate(() => scrollTo(0, 0))
    const sizes = await page
      .locator('.answer-text')
      .evaluateAll((texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize)))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(size)
    const foot = async (selector: string) =>
      Math.max(
        ...(await page
          .locator(selector)
          .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().bottom))),
      )
    const inSight = lanes === 2 && width > 720 ? ['.strip', '.transport', '.verdict-sentence'] : ['.strip']
    for (const selector of inSight) expect(await foot(selector), selector).toBeLessThanOrEqual(height)
    // The playhead stays at the foot of the screen; on a phone it may not lie over the lanes.
    const playhead = (await slider(page).boundingBox())!
    expect(playhead.y + playhead.height).toBeLessThanOrEqual(height)
    if (width < 720) expect(await foot('.strip')).toBeLessThanOrEqual(playhead.y)
  })
}

test('passes that come quicker than five a second are tinted without a flash', async ({ page }) => {
  await page.goto('/#recording/story')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await slider(page).focus()
  await page.keyboard.press('Home')
  const glow = () =>
    lane(page, 'Diffusion')
      .locator('.place[data-fresh]')
      .first()
      .evaluate((place) => getComputedStyle(place).animationName)
  const last = await lastMoment(page)
  await page.waitForTimeout(300)
  await drag(page, [last])
  await expect.poll(glow).toBe('glow')
  await page.waitForTimeout(300)
  await drag(page, [Math.round(last / 4), Math.round(last / 2), last])
  await expect.poll(glow).toBe('none')
  await page.waitForTimeout(300)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await drag(page, [last - 1])
  await page.waitForTimeout(300)
  await drag(page, [last])
  await expect.poll(glow).toBe('none')
})

test('a guess wider than its place is set smaller or cut with dots, and reads whole to scripts', async ({
  page,
}) => {
  await openRecorded(page)
  await page.goto('/#recording/open-random')
  await expect(lane(page, 'Diffusion')).toContainText('sleep')
  const last = await lastMoment(page)
  const seen = new Set<string | null>()
  for (let at = 1; at < last; at += 3) {
    await drag(page, [at])
    const tight = await page.locator('.place[data-tight]').evaluateAll((places) =>
      places.map((place) => ({
        fit: place.getAttribute('data-tight'),
        state: place.getAttribute('data-state'),
        isCut: place.scrollWidth > place.clientWidth + 3,
        overflow: getComputedStyle(place).textOverflow,
      })),
    )
    for (const { fit, state, isCut, overflow } of tight) {
      seen.add(fit)
      expect(state).toBe('guess')
      if (isCut) expect(overflow).toBe('ellipsis')
    }
  }
  expect(seen.size).toBeGreaterThan(1)
})

test('cards of the gallery show the answer in the order that it was written in', async ({ page }) => {
  await openRecorded(page)
  await page.getByRole('button', { name: 'Gallery' }).click()
  const card = page.getByRole('link', { name: /The surest word first/ })
  await expect(card.locator('.written')).toContainText('A rainy day in London')
  const colours = () =>
    card
      .locator('.written-place')
      .evaluateAll((places) => new Set(places.map((place) => getComputedStyle(place).backgroundColor)).size)
  await expect.poll(colours).toBeGreaterThan(8)
})

for (const width of [640, 1000]) {
  test(`an embed of ${width} by 640 shows its numbers, and names are whole on phones`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto('/?embed=1#recording/open-rain')
    for (const name of ['Diffusion', 'Autoregressive']) {
      const time = measured(page, name, 'Time')
      await expect(time).toHaveText(/\d s$/)
      const { y, height } = (await time.boundingBox())!
      expect(y + height).toBeLessThanOrEqual(640)
    }
    await page.setViewportSize({ width: 390, height: 640 })
    const isWhole = await lane(page, 'Autoregressive')
      .locator('h2')
      .evaluate((name) => name.scrollWidth <= name.clientWidth)
    expect(isWhole).toBe(true)
  })
}
