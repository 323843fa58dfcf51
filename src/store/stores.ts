import type { StoreApi } from 'zustand/vanilla'
import { createInspectionStore, type InspectionState } from './inspection.ts'
import type { OpenServers } from './lane-engines.ts'
import { createOpenedStore, type OpenedState } from './opened.ts'
import { createPlaybackStore, type PlaybackState } from './playback.ts'
import { createRecipeStore, type RecipeState } from './recipe.ts'
import { createSavedStore, STORAGE_FULL, type Archive, type SavedState } from './saved-runs.ts'
import { createRunStore, type RunDependencies, type RunState } from './run.ts'

/** All that can change on the page. */
export interface Stores {
  readonly recipe: StoreApi<RecipeState>
  readonly run: StoreApi<RunState>
  readonly playback: StoreApi<PlaybackState>
  readonly inspection: StoreApi<InspectionState>
  readonly opened: StoreApi<OpenedState>
  readonly saved: StoreApi<SavedState>
  /** Servers and services behind the gateway of this page. */
  readonly servers: OpenServers
}

export interface StoresOptions extends RunDependencies {
  /** Whether the address already asks for something that is still to be read. */
  readonly reading: boolean
  readonly openArchive: () => Promise<Archive>
}

export function createStores({ reading, openArchive, ...dependencies }: StoresOptions): Stores {
  const run = createRunStore(dependencies)
  const stores = {
    recipe: createRecipeStore(),
    run,
    playback: createPlaybackStore(run),
    inspection: createInspectionStore(),
    opened: createOpenedStore(run, reading),
    saved: createSavedStore(run, openArchive, dependencies.now),
    servers: dependencies.servers,
  }
  // A token that was asked about means nothing in another answer.
  run.subscribe((now, before) => {
    if (now.shown?.prompt !== before.shown?.prompt || now.shown?.source !== before.shown?.source) {
      stores.inspection.getState().clear()
    }
  })
  stores.saved.subscribe(({ trouble }, before) => {
    if (trouble === STORAGE_FULL && before.trouble !== trouble) stores.opened.getState().tell(trouble)
  })
  return stores
}
