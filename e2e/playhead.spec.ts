import { expect, test, type Page } from '@playwright/test'
import { chooseClock, lane, lastMoment, measured, slider, stands } from './page.ts'

/** Opens a recording, standing still. */
async function open(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`/#recording/${name}`)
  await expect(lane(page, 'Diffusion')).toHaveAttribute('data-source', 'recorded')
}

// Thirty steps beside thirty-one, and one beside twenty-seven.
for (const recording of ['sum', 'diffusion-wins']) {
  for (const clock of ['time', 'forward passes', 'share done'] as const) {
    test(`${recording}, both at the same ${clock}: arrow keys reach every state of both lanes, one change at a time`, async ({
      page,
    }) => {
      await open(page, recording)
      await chooseClock(page, clock)
      await slider(page).focus()
      await page.keyboard.press('Home')
      const last = await lastMoment(page)
      const seen: Record<string, number[]> = { Diffusion: [], Autoregressive: [] }
      let before = ''
      for (let moment = 0; moment <= last; moment++) {
        await expect(slider(page)).toHaveValue(String(moment))
        const now = await stands(page)
        for (const [name, { step }] of Object.entries(now)) {
          seen[name]?.push(step)
          await expect(measured(page, name, 'Passes')).toHaveText(String(step))
          if (clock === 'forward passes') expect(step).toBe(Math.min(moment, now[name]!.of))
        }
        expect(JSON.stringify(now)).not.toBe(before)
        before = JSON.stringify(now)
        await page.keyboard.press('ArrowRight')
      }
      for (const [name, { of }] of Object.entries(await stands(page))) {
        const steps = seen[name]!
        expect([...new Set(steps)]).toEqual(Array.from({ length: of + 1 }, (_, step) => step))
        expect(steps).toEqual([...steps].sort((a, b) => a - b))
      }
    })
  }
}

test('a run too quick to watch opens slowed down, the pressed button says so, and 1× is how it ran', async ({
  page,
}) => {
  await open(page, 'diffusion-wins')
  const pressed = page.getByRole('radiogroup', { name: 'Speed' }).getByRole('radio', { checked: true })
  await expect(pressed).toHaveAccessibleName(/times slower than it ran/)
  await expect(page.getByText(/^shown .+ slower than it ran$/)).toBeVisible()
  await page.getByRole('radio', { name: '1×, the speed at which it ran' }).click()
  await expect(page.getByText('shown at the speed it ran')).toBeVisible()
  const last = String(await lastMoment(page))
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(slider(page)).toHaveValue(last, { timeout: 2000 })
})
