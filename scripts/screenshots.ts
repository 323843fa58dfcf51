import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { createServer } from '../server/create-server.ts'
import { findBrowser } from './find-browser.ts'

/** As for somebody who was here before: the captions of the first visit stay away. */
const wasHere = () => localStorage.setItem('diffuscope-tour', 'seen')

/** Pictures of the production build with its recordings, for the README and for links: `npm run screenshots`. */
const path = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url))

/** Shows the recording at a share of the diffusion lane's steps. */
async function goTo(page: Page, share: number): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Step', exact: true })
  await page.locator('[data-source=recorded] [data-state=committed]').first().waitFor()
  const stand = async () => {
    const text = (await slider.getAttribute('aria-valuetext')) ?? ''
    const [, step, steps] = /Diffusion (\d+) of (\d+)/.exec(text) ?? []
    return Number(step) / Number(steps)
  }
  await slider.focus()
  await page.keyboard.press('Home')
  while ((await stand()) < share) await page.keyboard.press('ArrowRight')
}

const server = createServer({ root: path('dist'), isolated: true })
const address = await server.listen({ port: 0, host: 'localhost' })
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [
      ['', { width: 1280, height: 860 }],
      ['-phone', { width: 390, height: 844 }],
    ] as const) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' })
      await page.addInitScript(wasHere)
      await page.goto(address)
      await goTo(page, 0.55)
      await page.getByRole('region', { name: 'Diffusion' }).locator('[data-state=committed]').first().hover()
      await page.screenshot({
        path: path(`docs/screenshot-${colorScheme}${size}.png`),
        fullPage: size !== '',
      })
      await page.close()
    }
  }
  const viewport = { width: 1200, height: 630 }
  const page = await browser.newPage({ viewport, colorScheme: 'dark', reducedMotion: 'reduce' })
  await page.addInitScript(wasHere)
  await page.goto(`${address}/?embed=1&tint=order#recording/open-rain`)
  await goTo(page, 1)
  await page.screenshot({ path: path('public/preview.png') })
} finally {
  await browser.close()
  await server.close()
}
