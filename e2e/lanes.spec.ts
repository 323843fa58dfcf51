import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import type { Comparison, Lane } from '../src/share/comparison.ts'
import { decodeComparison, encodeComparison } from '../src/share/comparison-file.ts'
import { drop } from './drop.ts'
import { chooseClock, committed, lane, lastMoment, openRecorded, prompt, slider, stands } from './page.ts'

function recorded(name: string): Comparison {
  const file: unknown = JSON.parse(
    readFileSync(new URL(`../public/recordings/${name}.json`, import.meta.url), 'utf8'),
  )
  const decoded = decodeComparison(file)
  if (!decoded.ok) throw new Error(decoded.message)
  return decoded.comparison
}

/** The story in four orders beside autoregression; one lane says which it left. */
function race(): Comparison {
  const story = recorded('story')
  const others = (['story-blocks', 'story-threshold', 'story-random'] as const).map((name): Lane => {
    const [first] = recorded(name).lanes
    return { ...first!, id: name, name: name.replace('story-', 'In '), source: 'recorded' }
  })
  const [blocks, ...rest] = others
  const lanes = [...story.lanes, { ...blocks!, parent: { lane: story.lanes[0]!.id, step: 0 } }, ...rest]
  return { ...story, lanes }
}

const NAMES = ['Diffusion', 'Autoregressive', 'In blocks', 'In threshold', 'In random']

/** What every lane holds now. */
const all = async (page: Page) => Promise.all(NAMES.map((name) => committed(page, name)))

test('a file with five lanes opens, plays, goes through a link and is exported', async ({
  page,
  browser,
  baseURL,
}) => {
  await openRecorded(page)
  await drop(page, JSON.stringify(encodeComparison(race(), { candidates: 5 })))
  for (const name of NAMES) await expect(lane(page, name)).toHaveAttribute('data-status', 'done')
  expect(await page.locator('[data-lane][data-decoder]').count()).toBe(5)
  await expect(lane(page, 'In blocks')).toHaveAttribute('data-parent', 'diffusion')
  await expect(lane(page, 'Autoregressive')).toHaveAttribute('data-decoder', 'autoregressive')

  await slider(page).focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(3)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  expect(Object.keys(await stands(page))).toEqual(NAMES)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)

  await chooseClock(page, 'forward passes')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  const context = await browser.newContext({ baseURL: baseURL ?? '' })
  const fresh = await context.newPage()
  await fresh.goto(link)
  for (const name of NAMES) await expect(lane(fresh, name)).toHaveAttribute('data-source', 'shared')
  await expect(lane(fresh, 'In blocks')).toHaveAttribute('data-parent', 'diffusion')
  const last = await lastMoment(page)
  expect(await lastMoment(fresh)).toBe(last)
  for (const each of [page, fresh]) await slider(each).focus()
  for (const each of [page, fresh]) await each.keyboard.press('Home')
  for (let moment = 0; moment <= last; moment += 6) {
    for (const each of [page, fresh]) await expect(slider(each)).toHaveValue(String(moment))
    expect(await all(fresh), `moment ${moment}`).toEqual(await all(page))
    for (const each of [page, fresh]) {
      for (let times = 0; times < 6; times++) await each.keyboard.press('ArrowRight')
    }
  }
  await context.close()

  await page.keyboard.press('End')
  const end = await all(page)
  await page.getByRole('button', { name: 'Export' }).click()
  const saved = async (kind: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: kind, exact: true }).click(),
    ])
    return readFileSync(await download.path())
  }
  const [json, markdown, png] = [await saved('JSON'), await saved('Markdown'), await saved('PNG')]
  for (const name of NAMES) expect(markdown.toString()).toContain(name)
  expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  await page.keyboard.press('Escape')
  await page.goto('/#recording/sum')
  await expect(prompt(page)).toHaveValue(/47/)
  await drop(page, json.toString())
  await expect(lane(page, 'In random')).toBeVisible()
  expect(await all(page)).toEqual(end)
})

test('one lane alone fills the stage, and a reload brings all lanes back', async ({ page }) => {
  await openRecorded(page)
  const { lanes, ...rest } = race()
  await drop(page, JSON.stringify(encodeComparison({ ...rest, lanes: [lanes[0]!] }, { candidates: 5 })))
  await expect(page.locator('[data-lane]')).toHaveCount(1)
  await drop(page, JSON.stringify(encodeComparison({ ...rest, lanes }, { candidates: 5 })))
  await expect(page.locator('[data-lane]')).toHaveCount(5)
  await page.reload()
  await expect(page.locator('[data-lane]')).toHaveCount(5)
})
