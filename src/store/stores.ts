import type { StoreApi } from 'zustand/vanilla'
import { createInspectionStore, type InspectionState } from './inspection.ts'
import { createPlaybackStore, type PlaybackState } from './playback.ts'
import { createRecipeStore, type RecipeState } from './recipe.ts'
import { createRunStore, type RunDependencies, type RunState } from './run.ts'

/** All that can change on the page. */
export interface Stores {
  readonly recipe: StoreApi<RecipeState>
  readonly run: StoreApi<RunState>
  readonly playback: StoreApi<PlaybackState>
  readonly inspection: StoreApi<InspectionState>
}

export function createStores(dependencies: RunDependencies): Stores {
  const run = createRunStore(dependencies)
  const stores = {
    recipe: createRecipeStore(),
    run,
    playback: createPlaybackStore(run),
    inspection: createInspectionStore(),
  }
  // A token that was asked about means nothing in another answer.
  run.subscribe((now, before) => {
    if (now.shown?.prompt !== before.shown?.prompt || now.shown?.source !== before.shown?.source) {
      stores.inspection.getState().clear()
    }
  })
  return stores
}
