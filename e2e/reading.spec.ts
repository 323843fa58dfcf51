import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { exportJson } from '../src/share/exchange/export-json.ts'
import { comparisonOfTraces, traceOf } from '../src/store/testing/scripted.ts'
import type { Decoder } from '../src/trace/trace.ts'
import { drop } from './drop.ts'
import { lane, lastMoment, openRecorded, slider } from './page.ts'

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
  expect(await glow()).toBe('glow')
  await page.waitForTimeout(300)
  await drag(page, [Math.round(last / 4), Math.round(last / 2), last])
  expect(await glow()).toBe('none')
  await page.waitForTimeout(300)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await drag(page, [last - 1])
  await page.waitForTimeout(300)
  await drag(page, [last])
  expect(await glow()).toBe('none')
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
  const colours = await card
    .locator('.written-place')
    .evaluateAll((places) => places.map((place) => getComputedStyle(place).backgroundColor))
  await expect(card.locator('.written')).toContainText('A rainy day in London')
  expect(new Set(colours).size).toBeGreaterThan(8)
})

for (const width of [640, 1000]) {
  test(`an embed of ${width} by 640 shows its numbers, and names are whole on phones`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto('/?embed=1#recording/open-rain')
    for (const name of ['Diffusion', 'Autoregressive']) {
      const time = lane(page, name).locator('dt:text-is("Time") + dd')
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

/** How far, in any of red, green and blue, a colour of a picture may be from the page's. */
const PNG_DISTANCE = 3
const GIF_DISTANCE = 24

test('a PNG has the page’s tints, and the last frame of a GIF is the PNG but for its 256 colours', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/?tint=order#recording/open-json')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await slider(page).focus()
  await page.keyboard.press('End')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const files: string[] = []
  for (const kind of ['PNG', 'GIF']) {
    const saving = page.waitForEvent('download', { timeout: 90_000 })
    await page.getByRole('button', { name: kind, exact: true }).click()
    files.push(readFileSync(await (await saving).path()).toString('base64'))
  }
  const seen = await page.evaluate(async ([png = '', gif = '']) => {
    const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    const decoder = new ImageDecoder({ type: 'image/gif', data: bytes(gif) })
    await decoder.completed
    const frames = decoder.tracks.selectedTrack!.frameCount
    const { image } = await decoder.decode({ frameIndex: frames - 1 })
    const [width, height] = [image.displayWidth, image.displayHeight]
    const pixelsOf = (source: CanvasImageSource, wide: number, high: number) => {
      const context = new OffscreenCanvas(wide, high).getContext('2d')!
      context.drawImage(source, 0, 0, wide, high)
      return context.getImageData(0, 0, wide, high).data
    }
    const picture = await createImageBitmap(new Blob([bytes(png)], { type: 'image/png' }))
    const whole = pixelsOf(picture, picture.width, picture.height)
    const [one, other] = [pixelsOf(picture, width, height), pixelsOf(image, width, height)]
    const far = (a: ArrayLike<number>, at: number, b: ArrayLike<number>, from: number) =>
      Math.max(...[0, 1, 2].map((channel) => Math.abs(a[at + channel]! - b[from + channel]!)))
    const distances = Array.from({ length: width * height }, (_, pixel) =>
      far(one, 4 * pixel, other, 4 * pixel),
    )
    const swatch = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!
    const tints = new Set(
      [...document.querySelectorAll('.place[data-order]:not([data-fresh])')].map(
        (place) => getComputedStyle(place).backgroundColor,
      ),
    )
    const nearest = [...tints].map((colour) => {
      swatch.fillStyle = colour
      swatch.fillRect(0, 0, 1, 1)
      const wanted = swatch.getImageData(0, 0, 1, 1).data
      const all = Array.from({ length: whole.length / 4 }, (_, pixel) => far(whole, 4 * pixel, wanted, 0))
      // Of a mark's ground at twice the page's size: more than its edges.
      return all.sort((a, b) => a - b)[400]!
    })
    return { frames, tints: tints.size, nearest, distances: distances.sort((a, b) => a - b) }
  }, files)
  expect(seen.frames).toBeGreaterThan(5)
  expect(seen.tints).toBeGreaterThan(4)
  expect(Math.max(...seen.nearest)).toBeLessThanOrEqual(PNG_DISTANCE)
  // Edges of letters differ with the scale; nineteen of twenty pixels do not.
  expect(seen.distances[Math.floor(0.95 * seen.distances.length)]).toBeLessThanOrEqual(GIF_DISTANCE)
})
