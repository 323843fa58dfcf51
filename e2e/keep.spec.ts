import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { committed, goTo, lane, openRecorded, prompt, run, slider, stepsOf } from './page.ts'
import { drop } from './drop.ts'

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
  expect(markdown.toString()).toContain('## Autoregressive')
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

test('a trace of dllm-viz is chosen in the gallery and plays', async ({ page }) => {
  await openRecorded(page)
  const slot = (slotId: string, index: number) => ({ slotId, index, state: 'masked', region: 'completion' })
  const commit = (slotId: string, tokenId: number, text: string) => ({
    type: 'commit',
    slotId,
    tokenId,
    text,
    confidence: 0.8,
  })
  const frame = (ordinal: number, operations: object[]) => ({
    frameId: `f${ordinal}`,
    ordinal,
    kind: 'denoise',
    timestampMs: 100 * ordinal,
    operations,
  })
  const trace = {
    schemaVersion: '0.1',
    traceId: 'small',
    source: { adapter: 'by-hand', adapterVersion: '1' },
    model: { name: 'Somebody/model', revision: 'main' },
    tokenizer: { name: 't', vocabSize: 50, maskTokenId: 49 },
    geometry: { timeDomain: 'discrete', stateSpace: 'token', generationMode: 'full-sequence' },
    generation: { totalSteps: 2, blockLength: 2 },
    provenance: { mode: 'measured' },
    prompt: { text: 'Greet me.', tokenIds: [40] },
    initial: { checkpointId: 'start', frameOrdinal: 0, slots: [slot('a', 0), slot('b', 1)] },
    frames: [frame(1, [commit('b', 2, ' there')]), frame(2, [commit('a', 1, '<b>Hello</b>')])],
  }
  await page.getByRole('button', { name: 'Gallery' }).click()
  await page.getByLabel('Open a file…').setInputFiles({
    name: 'trace.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(trace)),
  })
  await expect(prompt(page)).toHaveValue('Greet me.')
  await expect(lane(page, 'Diffusion')).toContainText('Somebody/model')
  await goTo(page, 1)
  expect((await committed(page, 'Diffusion')).map(({ text }) => text.trim())).toEqual(['there'])
})

test('a link that is longer than chat programs keep says so and offers the file', async ({ page }) => {
  await openRecorded(page)
  const masks = Array.from({ length: 300 }, () => null)
  // Words that have nothing in common with each other.
  const words = masks.map((_, at) => ` ${(at * 2_654_435_761).toString(36)}`)
  await drop(page, JSON.stringify({ histories: [masks, words], prompt: 'many words' }))
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'derived')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(page.getByText(/Longer than the 2,000 characters that some chat programs keep/)).toBeVisible()
  expect(JSON.parse((await saved(page, 'Save as a file')).toString())).toMatchObject({ prompt: 'many words' })
})

test('own runs are kept: named, opened again, deleted', async ({ page }) => {
  await openRecorded(page)
  await run(page, 'Name four fruits.')
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await page.getByRole('button', { name: 'Gallery' }).click()
  await expect(
    page.getByText(/Diffusion \(.+\): \d+ pass.* · Autoregressive: \d+ passes, .* s/),
  ).toBeVisible()
  const name = page.getByRole('textbox', { name: /Name of the run/ })
  await expect(name).toHaveValue('Name four fruits.')
  await name.fill('My fruits')
  await name.press('Enter')
  await expect(page.getByRole('button', { name: 'Delete “My fruits”' })).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(prompt(page)).toHaveValue('Name four fruits.')
  await page.getByRole('button', { name: 'Gallery' }).click()
  await page.getByRole('button', { name: 'Delete “My fruits”' }).click()
  await expect(page.getByText('Deleted “My fruits”.')).toBeVisible()
  await expect(name).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(name).toHaveValue('My fruits')
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
  await expect(page.getByText(/keeps nothing for this page.*Runs last until the page is left/)).toBeVisible()
  await page.getByRole('button', { name: 'Gallery' }).click()
  await expect(page.getByRole('alert')).toContainText(/keeps nothing for this page/)
  await page.getByRole('link', { name: /A sum/ }).click()
  await expect(prompt(page)).toHaveValue(/47/)
  expect(page.url()).toContain('#recording/sum')
  await page.goBack()
  await expect(prompt(page)).toHaveValue('Name four fruits.')
  await page.reload()
  await expect(page.getByRole('alert')).toContainText(/keeps nothing for this page/)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  expect(new URL(page.url()).hash).toBe('')
})

test('with a full storage the run goes on, and the gallery says that it is not kept', async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await openRecorded(page)
  await run(page, 'Name four fruits.')
  await expect(page.getByRole('alert')).toContainText(/full: the last run is not kept/)
  await page.getByRole('button', { name: 'Gallery' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(/full: the last run is not kept/)
})

test('a reload in mid-run loses no more than its last moments', async ({ page }) => {
  await openRecorded(page)
  await prompt(page).fill('Write a short story about Nora and a lantern.')
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live', { timeout: 60_000 })
  await expect.poll(() => stepsOf(page, 'Diffusion')).toBeGreaterThan(3)
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
  const heard = () => page.evaluate(() => JSON.stringify((window as unknown as { heard: unknown[] }).heard))
  await expect
    .poll(heard)
    .toMatch(
      /"type":"diffuscope:state","step":3,"last":\d+,"playing":false,"lanes":\[\{"id":"diffusion","step":\d+\}/,
    )
  await expect.poll(heard).toMatch(/"type":"diffuscope:resize","height":\d{3}/)
  await frame.evaluate((element) => element.contentWindow?.postMessage({ type: 'diffuscope:play' }, '*'))
  await expect(player.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
})
