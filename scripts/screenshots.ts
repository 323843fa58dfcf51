import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { createServer } from '../server/create-server.ts'
import { findBrowser } from './find-browser.ts'

/** Pictures of the production build with its recordings, for the README: `npm run screenshots`. */
const docs = (file: string) => fileURLToPath(new URL(`../docs/${file}`, import.meta.url))

const server = createServer({ root: fileURLToPath(new URL('../dist', import.meta.url)), isolated: true })
const address = await server.listen({ port: 0, host: 'localhost' })
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] })
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of [
      ['', { width: 1280, height: 860 }],
      ['-phone', { width: 390, height: 844 }],
    ] as const) {
      const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' })
      await page.goto(address)
      const slider = page.getByRole('slider', { name: 'Step', exact: true })
      await page.locator('[data-source=recorded] [data-state=committed]').first().waitFor()
      const last = Number(await slider.getAttribute('max'))
      await slider.focus()
      await page.keyboard.press('Home')
      for (let i = 0; i < Math.round(last * 0.55); i++) await page.keyboard.press('ArrowRight')
      await page.getByRole('region', { name: 'Diffusion' }).locator('[data-state=committed]').first().hover()
      await page.screenshot({ path: docs(`screenshot-${colorScheme}${size}.png`), fullPage: size !== '' })
      await page.close()
    }
  }
} finally {
  await browser.close()
  await server.close()
}
