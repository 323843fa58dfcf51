import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { lane, run } from './page.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`no accessibility violations, ${colorScheme}, ${width} wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 844 })
      await page.goto('/')
      await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
    })
  }
}

test('from load to both answers by keyboard alone', async ({ page }) => {
  await page.goto('/')
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    if (await page.getByRole('textbox', { name: 'Prompt' }).evaluate((box) => box === document.activeElement))
      break
  }
  await expect(page.getByRole('textbox', { name: 'Prompt' })).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('What is the capital of Greece?')
  await page.keyboard.press('Enter')
  await expect(lane(page, 'Autoregressive')).toHaveAttribute('data-status', 'done', { timeout: 90_000 })
  await run(page, 'What is the capital of Greece?')
})
