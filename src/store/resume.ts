import { openComparison } from './open-comparison.ts'
import type { Stores } from './stores.ts'
import type { Unfinished } from './unfinished.ts'

/** Shows the run that the page was left in the middle of, as far as it was kept. */
export async function resume(stores: Stores, { id, prompt }: Unfinished): Promise<void> {
  const { setReading, tell } = stores.opened.getState()
  stores.recipe.getState().setPrompt(prompt)
  const comparison = id === '' ? null : await stores.saved.getState().open(id)
  const { shown, activity } = stores.run.getState()
  if (comparison !== null && shown === null && activity.kind === 'idle') {
    openComparison(stores, comparison)
    tell('The page was left in the middle of this run. What was computed is shown; Run starts it again.')
  }
  setReading(false)
}
