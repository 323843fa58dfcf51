import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import type { Comparison } from '../src/share/comparison.ts'
import { decodeComparison, encodeComparison } from '../src/share/comparison-file.ts'
import { drop } from './drop.ts'
import { openRecorded } from './page.ts'

const PASSES = ['story', 'story-threshold', 'story-rushed', 'story-random', 'story-blocks']

function recorded(name: string): Comparison {
  const file: unknown = JSON.parse(
    readFileSync(new URL(`../public/recordings/${name}.json`, import.meta.url), 'utf8'),
  )
  const decoded = decodeComparison(file)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

/** The story told by so many lanes. */
function race(count: number): string {
  const [story, ...others] = PASSES.map(recorded)
  const more = others.map(({ lanes: [first] }, at) => ({
    ...first!,
    id: `lane-${at}`,
    name: `Order ${at + 1}`,
  }))
  const lanes = [...story!.lanes, ...more].slice(0, count)
  return JSON.stringify(encodeComparison({ ...story!, lanes }, { candidates: 2 }))
}

async function show(page: Page, count: number): Promise<void> {
  await drop(page, race(count))
  await expect(page.locator('[data-lane]')).toHaveCount(count)
}

/** How many lanes stand side by side in each row. */
const rows = (page: Page) =>
  page.locator('[data-lane]').evaluateAll((lanes) => {
    const tops = lanes.map((lane) => Math.round(lane.getBoundingClientRect().top))
    return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length)
  })

const LAYOUTS: Readonly<Record<number, readonly (readonly number[])[]>> = {
  1280: [[1], [2], [3], [2, 2], [3, 2], [3, 3]],
  1024: [[1], [2], [2, 1], [2, 2], [2, 2, 1], [2, 2, 2]],
  320: [[1], [1, 1], [1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]],
}

for (const [width, layouts] of Object.entries(LAYOUTS)) {
  test(`one to six lanes find their places, ${width} wide, without a bar to scroll sideways`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: Number(width), height: 860 })
    await openRecorded(page)
    for (const [before, layout] of layouts.entries()) {
      await show(page, before + 1)
      expect(await rows(page)).toEqual(layout)
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0)
    }
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`six lanes have no accessibility violations and six colours, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openRecorded(page)
    await show(page, 6)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    const colours = await page
      .locator('[data-lane] h2')
      .evaluateAll((names) => names.map((name) => getComputedStyle(name).color))
    expect(new Set(colours).size).toBe(6)
    // One place of every lane is in the tab order.
    expect(await page.locator('[data-position][tabindex="0"]').count()).toBe(6)
  })
}
