import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { startModelServer, type ModelServerProcess } from './gateway/model-server-process.ts'
import { startPageGateway, type GatewayOptions, type PageGateway } from './gateway/page-gateway.ts'
import { ANSWERS, BLOCKS, FRAMES, MERCURY, REFERENCE, STREAMS, WRITER } from './gateway/upstreams.ts'
import {
  cells,
  choose,
  committed,
  finished,
  goTo,
  lane,
  lastMoment,
  measured,
  prompt,
  run,
  stands,
  stepsOf,
} from './page.ts'

const ALL = [REFERENCE, WRITER, BLOCKS, MERCURY, FRAMES]

let models: ModelServerProcess
let gateway: PageGateway | null = null
test.beforeAll(async () => {
  models = await startModelServer('public/models/small')
})
test.afterAll(() => models.kill())
test.afterEach(async () => {
  await gateway?.close()
  gateway = null
})

/** Opens the page as its gateway serves it; `asked` grows by the paths that it asks the gateway for. */
async function open(
  page: Page,
  options: Partial<GatewayOptions> = {},
): Promise<{ readonly address: string; readonly asked: readonly string[] }> {
  gateway = await startPageGateway({
    upstreams: ALL,
    streams: STREAMS,
    ...options,
    servers: { reference: models.address, ...options.servers },
  })
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/^\/(api|upstreams)\//.test(pathname)) asked.push(pathname)
  })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // As for somebody who was at this address before.
  await page.addInitScript(() => localStorage.setItem('diffuscope-tour', 'seen'))
  await page.goto(gateway.address)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  return { address: gateway.address, asked }
}

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings of the next run' })
const openSettings = (page: Page) => page.getByRole('button', { name: 'Settings', exact: true }).click()
const text = (page: Page, name: 'Diffusion' | 'Autoregressive') => lane(page, name).locator('.answer-text')
const alert = (page: Page) => page.getByRole('alert')

const QUESTION = 'What is the capital of France?'

test('a static host offers this device alone, without any error', async ({ page }) => {
  await page.route('**/api/upstreams', (route) => route.fulfill({ status: 404, body: 'Nothing is here.' }))
  await page.goto('/')
  await openSettings(page)
  await expect(settings(page)).toContainText('Both lanes run on this device.')
  await expect(settings(page).getByRole('button', { name: /runs on/ })).toHaveCount(0)
  await expect(alert(page)).toHaveCount(0)
})

test('nothing is asked of the gateway before the settings are opened, and then each place says how it is', async ({
  page,
}) => {
  const { asked } = await open(page, { servers: { reference: models.address } })
  expect(asked).toEqual([])
  await openSettings(page)
  const diffusion = settings(page).getByRole('button', { name: /Diffusion runs on/ })
  await expect(diffusion).toContainText('This device')
  await diffusion.click()
  const option = (name: string) => page.getByRole('option', { name })
  await expect(option('Reference model server')).toContainText(/ready, .* there and back/)
  await expect(option('Mercury 2')).toContainText('not asked before a run')
  await expect(page.getByRole('option', { name: /A writing service/ })).toHaveCount(0)
  await page.getByRole('option', { name: /Reference model server/ }).click()
  await expect(settings(page)).toContainText(/entropies and 16 candidates at every position/)
  await models.kill()
  await expect(settings(page)).toContainText(/unreachable: Reference model server cannot be reached/)
  await models.start()
  await expect(settings(page)).toContainText(/ready, .* there and back/)
  await page.keyboard.press('Escape')
  await expect(page.getByText('Next run: Diffusion on Reference model server.')).toBeVisible()
})

test('a run on a model server has the tokens of a run on this device, step by step', async ({ page }) => {
  await open(page)
  await choose(page, 'Answer length', /^24 tokens/)
  await run(page, QUESTION)
  const here = [await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]
  await choose(page, 'Diffusion runs on', /Reference model server/)
  await run(page, QUESTION)
  await expect(lane(page, 'Diffusion')).toContainText(/Reference model server \(/)
  await expect(lane(page, 'Autoregressive')).not.toContainText(/Reference model server/)
  expect([await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]).toEqual(here)
  await expect(lane(page, 'Diffusion')).toContainText(/Of a pass: .* network, .* queue, .* compute\./)
  await cells(page, 'Diffusion').first().focus()
  // The one that was taken, three others, and all that are left.
  await expect(page.locator('.candidates li')).toHaveCount(5)
})

test('a run on a server is stopped, taken a step on, and gone on with', async ({ page }) => {
  await open(page, { delayMs: 400 })
  await choose(page, 'Answer length', /^24 tokens/)
  await choose(page, 'Diffusion runs on', /Reference model server/)
  await prompt(page).fill(QUESTION)
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'live')
  await expect.poll(() => stepsOf(page, 'Diffusion')).toBeGreaterThan(2)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'stopped')
  const stopped = await stepsOf(page, 'Diffusion')
  await page.getByRole('button', { name: 'One more step' }).click()
  await expect.poll(() => stepsOf(page, 'Diffusion')).toBe(stopped + 1)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'stopped')
  await page.getByRole('button', { name: 'Go on', exact: true }).click()
  await finished(page)
  const inParts = [await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]
  await run(page, QUESTION)
  expect([await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]).toEqual(inParts)
})

test('a server that is killed in mid-run: the trace stays, and it goes on with the same tokens when it is back', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await open(page, { delayMs: 400 })
  await choose(page, 'Answer length', /^24 tokens/)
  await choose(page, 'Diffusion runs on', /Reference model server/)
  await run(page, QUESTION)
  const unbroken = [await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')] as const
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  // The run before stays in sight until this one has a step.
  const middle = (steps: number) => steps > 1 && steps < unbroken[1]
  await expect.poll(async () => middle(await stepsOf(page, 'Diffusion'))).toBe(true)
  await models.kill()
  try {
    await expect(page.getByText(/did not answer as it should: attempt 2 of/)).toBeVisible()
    await expect(alert(page)).toContainText(/does not answer.*what was computed stays/, { timeout: 60_000 })
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'failed')
    expect((await committed(page, 'Diffusion')).length).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Go on here when it is back' }).click()
    await expect(page.getByText('Waiting for Reference model server to answer').first()).toBeVisible()
  } finally {
    await models.start()
  }
  await finished(page)
  expect([await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]).toEqual(unbroken)
})

test('a server that is back before patience ends costs no token and no click', async ({ page }) => {
  await open(page, { delayMs: 120 })
  await choose(page, 'Answer length', /^24 tokens/)
  await choose(page, 'Diffusion runs on', /Reference model server/)
  await run(page, QUESTION)
  const unbroken = [await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]
  await prompt(page).press('Enter')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-status', 'running')
  await models.kill()
  await models.start()
  await finished(page)
  await expect(alert(page)).toHaveCount(0)
  expect([await committed(page, 'Diffusion'), await stepsOf(page, 'Diffusion')]).toEqual(unbroken)
})

for (const { upstream, derived } of [
  { upstream: MERCURY, derived: true },
  { upstream: FRAMES, derived: true },
  { upstream: BLOCKS, derived: false },
] as const) {
  test(`${upstream.label} beside a writing service: what they send, and nothing else`, async ({ page }) => {
    await open(page)
    await choose(page, 'Diffusion runs on', new RegExp(upstream.label))
    await choose(page, 'Autoregressive runs on', /A writing service/)
    await run(page, 'Tell me about a red lantern and a dog.')
    await expect(text(page, 'Diffusion')).toHaveText(ANSWERS[upstream.id as keyof typeof ANSWERS])
    await expect(text(page, 'Autoregressive')).toHaveText(ANSWERS.writer)
    for (const name of ['Diffusion', 'Autoregressive'] as const) {
      await expect(lane(page, name).locator('[data-confidence]')).toHaveCount(0)
      await expect(lane(page, name).locator('[data-state=masked], [data-state=guess]')).toHaveCount(0)
      await expect(lane(page, name)).toContainText(/sends no confidences/)
      await expect(measured(page, name, 'Updates')).not.toHaveText('–')
    }
    await expect(lane(page, 'Diffusion').getByText('Live · derived', { exact: true })).toHaveCount(
      derived ? 1 : 0,
    )
    await expect(lane(page, 'Autoregressive').getByText('Live', { exact: true })).toHaveCount(1)
    await expect(page.getByRole('radio', { name: 'updates', exact: true })).toBeVisible()
    await expect(page.getByRole('radio', { name: 'forward passes' })).toHaveCount(0)
    await openSettings(page)
    await expect(settings(page).getByRole('button', { name: /^Strategy|Strategy$/ })).toBeDisabled()
    await expect(settings(page).getByRole('button', { name: /Block length/ })).toBeDisabled()
    await expect(settings(page).getByRole('slider', { name: 'Steps' })).toBeDisabled()
    await expect(settings(page)).toContainText(`${upstream.label} sends text and decodes in its own way`)
    await page.keyboard.press('Escape')
    await expect(lane(page, 'Diffusion').locator('.draft-place')).toHaveCount(upstream === FRAMES ? 1 : 0)
    if (upstream === FRAMES) {
      // The last update is the text itself, which the service doesn't count; the one before is its last draft.
      const { of } = (await stands(page))['Diffusion']!
      for (let moment = await lastMoment(page); (await stands(page))['Diffusion']!.step === of; moment--) {
        await goTo(page, moment - 1)
      }
      await expect(lane(page, 'Diffusion').locator('.draft-place')).toHaveText('Block 2, update 2 of 2')
      await page.keyboard.press('End')
    }
    await cells(page, 'Diffusion').nth(2).focus()
    await expect(page.getByRole('complementary', { name: 'Why this token' })).toContainText(
      /Came with update 1.*sends text only/,
    )
    await expect(page.locator('.candidates')).toHaveCount(0)
  })
}

test('a gateway that asks for a token: it is kept in this tab and sent', async ({ page }) => {
  const { asked, address } = await open(page, { token: 'open-sesame' })
  await openSettings(page)
  const field = page.getByLabel('Access token of the gateway')
  await field.fill('wrong')
  await page.keyboard.press('Enter')
  await expect(settings(page)).toContainText('does not take this token')
  await field.fill('open-sesame')
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(settings(page).getByRole('button', { name: /Diffusion runs on/ })).toBeVisible()
  await page.keyboard.press('Escape')
  const holders = () =>
    [localStorage, sessionStorage].map((storage) =>
      Object.values(storage).filter((value) => String(value).includes('open-sesame')),
    )
  expect(await page.evaluate(holders)).toEqual([[], ['open-sesame']])
  await choose(page, 'Diffusion runs on', /Reference model server/)
  await choose(page, 'Answer length', /^24 tokens/)
  await run(page, QUESTION)
  expect(asked.some((path) => path.endsWith('/infer'))).toBe(true)
  await page.goto(address)
  await openSettings(page)
  await expect(settings(page).getByRole('button', { name: /Diffusion runs on/ })).toBeVisible()
})

test.describe('another model on the server', () => {
  let tiny: ModelServerProcess
  let folder: string
  /** As the page's own, but for a line's end: another file, and so another tokenizer. */
  const tokenizer = `${readFileSync('e2e/models/tiny/tokenizer.json', 'utf8')}\n`
  const sha256 = createHash('sha256').update(tokenizer).digest('hex')
  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'diffuscope-tiny-'))
    cpSync('e2e/models/tiny', folder, { recursive: true })
    writeFileSync(join(folder, 'tokenizer.json'), tokenizer)
    const file = join(folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { tokenizer: object }
    Object.assign(manifest.tokenizer, { sha256, bytes: Buffer.byteLength(tokenizer) })
    writeFileSync(file, JSON.stringify(manifest))
    tiny = await startModelServer(folder)
  })
  test.afterAll(async () => {
    await tiny.kill()
    rmSync(folder, { recursive: true })
  })
  const TINY = { id: 'tiny', label: 'Tiny server', protocol: 'oip', model: 'diffuscope-tiny' }

  test('is refused before its first step where nobody has its tokenizer', async ({ page }) => {
    const { asked } = await open(page, { upstreams: [TINY], servers: { tiny: tiny.address } })
    await choose(page, 'Diffusion runs on', /Tiny server/)
    await prompt(page).fill(QUESTION)
    await prompt(page).press('Enter')
    await expect(alert(page)).toContainText(
      new RegExp(
        `diffuscope-tiny uses another tokenizer \\(tokenizer\\.json, ${sha256.slice(0, 12)}\\)` +
          '.*this page has [0-9a-f]{12}; the gateway has none',
      ),
    )
    expect(asked.filter((path) => path.endsWith('/infer'))).toEqual([])
    await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  })

  test('runs with the tokenizer that the gateway has, beside this page’s own model', async ({ page }) => {
    await open(page, { upstreams: [TINY], servers: { tiny: tiny.address }, tokenizers: { tiny: tokenizer } })
    await choose(page, 'Answer length', /^24 tokens/)
    await run(page, QUESTION)
    const alone = await committed(page, 'Autoregressive')
    await choose(page, 'Diffusion runs on', /Tiny server/)
    await run(page, QUESTION)
    await expect(lane(page, 'Diffusion')).toContainText('diffuscope-tiny')
    expect(await committed(page, 'Autoregressive')).toEqual(alone)
  })
})

test('a link of a service’s run replays anywhere and says what is missing to run it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { address } = await open(page)
  await choose(page, 'Diffusion runs on', /Mercury 2/)
  await choose(page, 'Autoregressive runs on', /A writing service/)
  await run(page, 'Tell me about a red lantern and a dog.')
  const updates = await stepsOf(page, 'Diffusion')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.route('**/api/upstreams', (route) => route.fulfill({ status: 404, body: '' }))
  await page.goto('about:blank')
  await page.goto(`${address}/${link.slice(link.indexOf('#'))}`)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'shared')
  await expect(lane(page, 'Diffusion').getByText('Shared · derived', { exact: true })).toBeVisible()
  await expect(text(page, 'Diffusion')).toHaveText(ANSWERS.mercury)
  expect(await stepsOf(page, 'Diffusion')).toBe(updates)
  await page.getByRole('button', { name: 'Run it live here' }).click()
  await expect(
    page.getByText(/diffusion lane was computed by mercury-2 \(Mercury 2.*\), which no server/),
  ).toBeVisible()
  await finished(page)
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`places and services are accessible, ${colorScheme}, ${width} wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 844 })
      await open(page)
      await choose(page, 'Diffusion runs on', /Mercury 2/)
      await choose(page, 'Autoregressive runs on', /A writing service/)
      await run(page, 'Tell me about a red lantern and a dog.')
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      const wrong = async (...but: string[]) =>
        (await new AxeBuilder({ page }).disableRules(but).analyze()).violations
      expect((await wrong()).map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
      await openSettings(page)
      await expect(settings(page)).toContainText('Whole drafts')
      // The library's hidden dismiss button stands beside its dialog, outside every landmark.
      expect((await wrong('region')).map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
    })
  }
}
