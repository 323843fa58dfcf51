import { expect, test, type Page } from '@playwright/test'
import { addressOfRecording } from '../src/store/opening/address.ts'
import { drop } from './drop.ts'
import {
  cells,
  chooseTint,
  chooseView,
  goTo,
  lane,
  lastMoment,
  LANES,
  openRecorded,
  slider,
  states,
} from './page.ts'

/** Prose, JSON, code, a grid, a gap, a list, a sum, and orders that jump: a text's shape decides, not its words. */
const SHAPES = [
  'open-rain',
  'open-hasty',
  'open-random',
  'function',
  'sudoku',
  'gap',
  'reverse',
  'sum',
  'story-rushed',
  'diffusion-wins',
]

async function open(page: Page, address: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(address)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
}

/** Stands on a moment as a drag of the slider does. */
async function stand(page: Page, moment: number): Promise<void> {
  await slider(page).fill(String(moment))
  await expect(slider(page)).toHaveValue(String(moment))
}

/** Where every committed token of every lane stands, by lane and position. */
const boxes = (page: Page) =>
  page.locator('[data-lane]').evaluateAll((lanes) =>
    Object.fromEntries(
      lanes.flatMap((lane) =>
        [...lane.querySelectorAll('[data-position][data-order]')].map((place) => {
          const { x, y } = place.getBoundingClientRect()
          const at = `${lane.getAttribute('data-lane')} ${place.getAttribute('data-position')}`
          return [at, [x + scrollX, y + scrollY]] as const
        }),
      ),
    ),
  )

for (const name of SHAPES) {
  test(`no committed token moves by a pixel from the first step to the last: ${name}`, async ({ page }) => {
    await open(page, addressOfRecording(name).replace(/^#?/, '/#'))
    const last = await lastMoment(page)
    for (const width of [320, 390, 768, 1280]) {
      await page.setViewportSize({ width, height: 860 })
      const seen: Record<string, readonly number[]> = {}
      for (let tenth = 1; tenth <= 10; tenth++) {
        await stand(page, Math.round((last * tenth) / 10))
        for (const [place, [x, y]] of Object.entries(await boxes(page))) {
          const [left = x, top = y] = seen[place] ?? []
          expect(Math.abs(x - left), `${place}, across, ${width} wide`).toBeLessThan(1)
          expect(Math.abs(y - top), `${place}, down, ${width} wide`).toBeLessThan(1)
          seen[place] = [left, top]
        }
      }
      expect(Object.keys(seen).length).toBeGreaterThan(4)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  })
}

test('a mask shows no letters, and none of what will stand there can be found or copied', async ({
  page,
}) => {
  await open(page, '/#recording/story')
  const whole = await lane(page, 'Diffusion').locator('.answer-text').textContent()
  await stand(page, 1)
  const shown = await states(page, 'Diffusion')
  const masked = shown.filter(({ state }) => state === 'masked')
  for (const { text } of masked) expect(text).toBe('')
  const copied = await lane(page, 'Diffusion')
    .locator('.answer-text')
    .evaluate((text) => {
      getSelection()!.selectAllChildren(text)
      return getSelection()!.toString()
    })
  const said = shown.map(({ text }) => text).join('')
  expect(copied.replace(/\s/g, '')).toBe(said.replace(/\s/g, ''))
  expect(whole!.length).toBeGreaterThan(copied.trim().length / 2)
})

test('selecting, copying and finding give the answer as it reads', async ({ page }) => {
  await open(page, '/#recording/function')
  await stand(page, await lastMoment(page))
  const text = lane(page, 'Diffusion').locator('.answer-text')
  const copied = await text.evaluate((element) => {
    getSelection()!.selectAllChildren(element)
    const selected = getSelection()!.toString()
    getSelection()!.removeAllRanges()
    return selected
  })
  expect(copied.trimEnd()).toMatch(/^def is_even\(n\):\n +return n % 2 == 0$/)
  // As the browser's own search does: over the borders of tokens.
  await page.keyboard.press('Control+f')
  const isFound = await page.evaluate(
    () => (window as never as { find(text: string): boolean }).find('is_even(n)') !== false,
  )
  expect(isFound).toBe(true)
})

for (const view of ['Text', 'Cells'] as const) {
  test(`places say position, state and the pass that committed them, and one of a lane is in the tab order (${view})`, async ({
    page,
  }) => {
    await openRecorded(page)
    await chooseView(page, view)
    await expect(
      lane(page, 'Diffusion')
        .locator(view === 'Text' ? '.answer-text' : '.tokens .cell')
        .first(),
    ).toBeVisible()
    await goTo(page, 5)
    for (const name of LANES) {
      const all = await cells(page, name).evaluateAll((places) =>
        places.map((place) => ({
          position: place.getAttribute('data-position'),
          state: place.getAttribute('data-state'),
          order: place.getAttribute('data-order'),
          tab: (place as HTMLElement).tabIndex,
        })),
      )
      expect(all.map(({ position }) => Number(position))).toEqual([...all.keys()])
      expect(all.filter(({ tab }) => tab === 0)).toHaveLength(1)
      for (const { state, order } of all) {
        if (state === 'committed' || state === 'end') expect(Number(order)).toBeGreaterThanOrEqual(1)
        else expect(order).toBeNull()
      }
    }
  })
}

test('view and tint are remembered, and an address says them', async ({ page }) => {
  await openRecorded(page)
  await expect(
    page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { checked: true }),
  ).toHaveText('Text')
  await chooseView(page, 'Cells')
  await chooseTint(page, 'Order')
  await page.reload()
  await expect(lane(page, 'Diffusion').locator('.tokens .cell').first()).toBeVisible()
  await expect(
    page.getByRole('radiogroup', { name: 'Tint' }).getByRole('radio', { checked: true }),
  ).toHaveText('Order')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const link = page.getByRole('textbox', { name: 'Link' })
  await expect(link).toHaveValue(/\?view=cells&tint=order#c3\./)
  await page.goto('/?embed=1&view=text&tint=changes#recording/story')
  await expect(lane(page, 'Diffusion').locator('[class*="changes-"]').first()).toBeVisible()
})

test('a place is picked by click, keys, Shift and dragging, and a listener is told its state', async ({
  page,
}) => {
  await openRecorded(page)
  const place = (position: number) => cells(page, 'Diffusion').nth(position)
  const panel = page.getByRole('complementary', { name: 'Why this token' })
  const picked = () =>
    lane(page, 'Diffusion')
      .locator('[data-picked]')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-position'))))
  await place(2).click()
  await expect(panel).toContainText('Diffusion, position 3')
  expect(await picked()).toEqual([2])
  await place(5).click({ modifiers: ['Shift'] })
  expect(await picked()).toEqual([2, 3, 4, 5])
  await expect(panel).toContainText('positions 3 to 6')
  await page.keyboard.press('Escape')
  expect(await picked()).toEqual([])

  await place(0).focus()
  await page.keyboard.press('ArrowRight')
  await expect(place(1)).toBeFocused()
  await expect(lane(page, 'Diffusion').getByRole('status')).toContainText(/Position 2, committed/)
  await page.keyboard.press('Shift+ArrowRight')
  expect(await picked()).toEqual([1, 2])
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowDown')
  const [above, below] = [await place(2).boundingBox(), await page.locator(':focus').boundingBox()]
  expect(below!.y).toBeGreaterThan(above!.y + 10)

  const [from, to] = [(await place(1).boundingBox())!, (await place(4).boundingBox())!]
  await page.mouse.move(from.x + 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width - 2, to.y + to.height / 2, { steps: 5 })
  await page.mouse.up()
  expect(await picked()).toEqual([1, 2, 3, 4])
})

test('the strip below a text is the map of its places: dragged over, it pins a range', async ({ page }) => {
  await openRecorded(page)
  const box = (await lane(page, 'Diffusion').locator('.strip').boundingBox())!
  const parts = await lane(page, 'Diffusion').locator('.strip i').count()
  const middle = box.y + box.height / 2
  await page.mouse.move(box.x + (box.width * 1.5) / parts, middle)
  await page.mouse.down()
  await page.mouse.move(box.x + (box.width * 6.5) / parts, middle, { steps: 4 })
  await page.mouse.up()
  const picked = await lane(page, 'Diffusion')
    .locator('[data-picked]')
    .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-position'))))
  expect(picked).toEqual([1, 2, 3, 4, 5, 6])
})

test('this pass says what it did, and at the end the order is proposed once', async ({ page }) => {
  await openRecorded(page)
  const region = page.getByRole('region', { name: 'This pass' })
  await goTo(page, 0)
  await expect(region).toContainText('Every place of the answer is a mask.')
  await page.keyboard.press('End')
  await expect(region).toContainText(/Pass \d+, the last\./)
  await region.getByRole('button', { name: 'See in which order it was written' }).click()
  await expect(
    page.getByRole('radiogroup', { name: 'Tint' }).getByRole('radio', { checked: true }),
  ).toHaveText('Order')
  await expect(region.getByRole('button')).toHaveCount(0)
  expect(await region.evaluate((element) => element.closest('[aria-live], [role=status]'))).toBeNull()
})

test('a token that changes has the old one beside it, struck and no part of the text', async ({ page }) => {
  await openRecorded(page)
  await drop(
    page,
    JSON.stringify({
      histories: [
        [null, null],
        ['a', 'x'],
        ['b', 'x'],
      ],
    }),
  )
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'derived')
  await slider(page).focus()
  await page.keyboard.press('End')
  const revised = lane(page, 'Diffusion').locator('[data-state=revised]')
  await expect(revised).toHaveText('b')
  const before = await revised.evaluate((place) => {
    const { content, textDecorationLine } = getComputedStyle(place, '::before')
    return [content, textDecorationLine]
  })
  expect(before).toEqual(['"a"', 'line-through'])
  expect(await revised.evaluate((place) => place.scrollWidth <= place.clientWidth + 1)).toBe(true)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`guesses of every sureness keep a contrast of 4.5 to 1, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto('/#recording/story')
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
    await stand(page, Math.round((await lastMoment(page)) / 2))
    await expect(page.locator('.place[data-state=guess]').first()).toBeAttached()
    const least = await page.evaluate(() => {
      const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!
      const luminance = (colour: string) => {
        context.clearRect(0, 0, 1, 1)
        context.fillStyle = colour
        context.fillRect(0, 0, 1, 1)
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
          const part = value / 255
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
        }) as [number, number, number]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      const place = document.querySelector('.place[data-state=guess]')!.cloneNode() as HTMLElement
      document.querySelector('.answer-text')!.append(place)
      const ground = document.createElement('i')
      ground.style.color = 'var(--mask)'
      place.append(ground)
      const mask = luminance(getComputedStyle(ground).color)
      const contrasts = Array.from({ length: 65 }, (_, level) => {
        place.className = `place sure-${level}`
        const [low, high] = [mask, luminance(getComputedStyle(place).color)].sort((a, b) => a - b) as [
          number,
          number,
        ]
        return (high + 0.05) / (low + 0.05)
      })
      place.remove()
      return Math.min(...contrasts)
    })
    expect(least).toBeGreaterThanOrEqual(4.5)
  })
}
