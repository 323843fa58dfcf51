import type { Page } from '@playwright/test'

/** Drops a text file on the page. */
export async function drop(page: Page, content: string): Promise<void> {
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }))
    return data
  }, content)
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}
