import { expect, type Locator, type Page } from '@playwright/test'

/** The page's parts by the names that other people's scripts use, too. */
export const prompt = (page: Page): Locator => page.getByRole('textbox', { name: 'Prompt' })
export const lane = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
export const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Step', exact: true })
export const cells = (page: Page, name: string): Locator => lane(page, name).locator('[data-position]')

/** Types a prompt, presses Enter and waits until both lanes are done. */
export async function run(page: Page, text: string, timeout?: number): Promise<void> {
  await prompt(page).fill(text)
  await prompt(page).press('Enter')
  await finished(page, timeout)
}

/** Waits until both lanes hold a finished live run, each for so many milliseconds. */
export async function finished(page: Page, timeout = 90_000): Promise<void> {
  for (const name of ['Diffusion', 'Autoregressive'] as const) {
    await expect(lane(page, name)).toHaveAttribute('data-source', 'live', { timeout })
    await expect(lane(page, name)).toHaveAttribute('data-status', 'done', { timeout })
  }
}

/** What every position of a lane shows now, as plain data. */
export function states(page: Page, name: string) {
  return cells(page, name).evaluateAll((elements) =>
    elements.map((element) => ({
      position: Number(element.getAttribute('data-position')),
      state: element.getAttribute('data-state') ?? '',
      confidence: element.getAttribute('data-confidence'),
      text: element.textContent ?? '',
    })),
  )
}

/** Moves the slider to one of its moments by keyboard: Home, then arrows. */
export async function goTo(page: Page, moment: number): Promise<void> {
  await slider(page).focus()
  await page.keyboard.press('Home')
  for (let i = 0; i < moment; i++) await page.keyboard.press('ArrowRight')
  await expect(slider(page)).toHaveValue(String(moment))
}

/** The slider's last moment: at each of them some lane changes. */
export const lastMoment = async (page: Page): Promise<number> =>
  Number(await slider(page).getAttribute('max'))

/** What all lanes have in common while the playhead moves. */
export const chooseClock = (page: Page, name: 'time' | 'forward passes' | 'share done'): Promise<void> =>
  page.getByRole('radio', { name, exact: true }).click()

/** The step that each lane stands on and how many it has, as the slider says it. */
export async function stands(
  page: Page,
): Promise<Readonly<Record<string, { readonly step: number; readonly of: number }>>> {
  const text = (await slider(page).getAttribute('aria-valuetext')) ?? ''
  const all = [...text.matchAll(/([^,]+) (\d+) of (\d+)/g)]
  return Object.fromEntries(
    all.map(([, name = '', step, of]) => [name.trim(), { step: Number(step), of: Number(of) }]),
  )
}

/** How many steps a lane has so far. */
export const stepsOf = async (page: Page, name: string): Promise<number> =>
  (await stands(page))[name]?.of ?? 0

/** Picks an option of a list in the settings. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: new RegExp(label) }).click()
  await page.getByRole('option', { name: option }).click()
  await page.keyboard.press('Escape')
}

/** What a lane says under one of its measures' names. */
export const measured = (page: Page, name: string, measure: string): Locator =>
  lane(page, name)
    .locator('dt')
    .filter({ hasText: new RegExp(`^${measure}$`) })
    .locator('+ dd')

/** Runs code in the engine's worker before the worker's own. */
export async function inWorker(page: Page, code: string): Promise<void> {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `${code};${await response.text()}` })
  })
}

export const LANES = ['Diffusion', 'Autoregressive'] as const

/** Opens the page with its default recording, standing still. */
export async function openRecorded(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
}

/** What is committed in a lane now: position, token, state. */
export async function committed(page: Page, name: string) {
  const all = await states(page, name)
  return all
    .filter(({ state }) => state !== 'masked' && state !== 'guess')
    .map(({ position, state, text }) => ({ position, state, text }))
}

/** Draws lanes as text or as cells. */
export const chooseView = (page: Page, name: 'Text' | 'Cells'): Promise<void> =>
  page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name, exact: true }).click()

/** What the colours of places tell. */
export const chooseTint = (page: Page, name: 'Sureness' | 'Order' | 'Changes' | 'None'): Promise<void> =>
  page.getByRole('radiogroup', { name: 'Tint' }).getByRole('radio', { name, exact: true }).click()
