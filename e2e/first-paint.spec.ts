import { expect, test } from '@playwright/test'
import { cells, lane, prompt, slider } from './page.ts'

test('a recorded comparison plays before any byte of model or runtime is asked for', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto('/')
  for (const name of ['Diffusion', 'Autoregressive'] as const) {
    await expect(lane(page, name)).toHaveAttribute('data-source', 'recorded')
  }
  const first = Number(await slider(page).inputValue())
  await expect.poll(async () => Number(await slider(page).inputValue())).toBeGreaterThan(first)
  await expect(cells(page, 'Diffusion').and(page.locator('[data-state=committed]')).first()).toBeVisible()
  expect(requests.filter((url) => /\.wasm|ort|\/models\//.test(new URL(url).pathname))).toEqual([])
})

test('the page that reduced motion asks for stands still and shows the whole answer', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  const max = await slider(page).getAttribute('max')
  await expect(slider(page)).toHaveValue(max ?? '')
})

test('a prompt filled in while somebody is about to type gives way to what is typed', async ({ page }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/recordings/index.json', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/')
  await prompt(page).focus()
  release()
  await expect(prompt(page)).not.toHaveValue('')
  await page.keyboard.type('What is 3 + 4?')
  await expect(prompt(page)).toHaveValue('What is 3 + 4?')
})
