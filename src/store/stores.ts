import type { StoreApi } from 'zustand/vanilla'
import { OPEN_MODEL, settingsOfModel, SMALL_MODEL } from '../engines/model/bundled-models.ts'
import type { Comparison } from '../share/comparison.ts'
import { createHandsStore, type HandsState } from './hands.ts'
import { createInspectionStore, type InspectionState } from './inspection.ts'
import type { Archive } from './kept/archive.ts'
import { createSavedStore, type SavedState } from './kept/saved-runs.ts'
import type { OpenServers } from './lane-engines.ts'
import { createNoticesStore, type NoticesState } from './notices.ts'
import { createOpenedStore, type OpenedState } from './opening/opened.ts'
import { createOpeningStore, type OpeningState } from './opening/opening.ts'
import type { Sources } from './opening/sources.ts'
import { createPlaybackStore, type PlaybackState } from './playback.ts'
import { createRaceStore, type RaceState } from './race/race.ts'
import { createRepeatStore, type RepeatState } from './race/repeat.ts'
import { createRecipeStore, type RecipeState } from './recipe.ts'
import { createPresenterStore, type PresenterState } from './presenter.ts'
import { createTourStore, type TourState } from './tour.ts'
import { createViewStore, USUAL_LOOK, type Look, type ViewState } from './view.ts'
import { createRunStore, type RunDependencies, type RunState } from './run.ts'

/** All that can change on the page. */
export interface Stores {
  readonly recipe: StoreApi<RecipeState>
  readonly race: StoreApi<RaceState>
  readonly repeat: StoreApi<RepeatState>
  readonly run: StoreApi<RunState>
  readonly playback: StoreApi<PlaybackState>
  readonly inspection: StoreApi<InspectionState>
  readonly notices: StoreApi<NoticesState>
  readonly opened: StoreApi<OpenedState>
  readonly saved: StoreApi<SavedState>
  readonly opening: StoreApi<OpeningState>
  readonly view: StoreApi<ViewState>
  readonly hands: StoreApi<HandsState>
  readonly tour: StoreApi<TourState>
  readonly presenter: StoreApi<PresenterState>
  /** Servers and services behind the gateway of this page. */
  readonly servers: OpenServers
}

export interface StoresOptions extends RunDependencies {
  readonly openArchive: () => Promise<Archive>
  readonly sources: Sources
  /** The hash that the page was loaded with. */
  readonly address: string
  /** How it looks at first; as usual where that isn't said. */
  readonly look?: Look
}

export function createStores({
  openArchive,
  sources,
  address,
  look = USUAL_LOOK,
  ...dependencies
}: StoresOptions): Stores {
  const run = createRunStore(dependencies)
  const notices = createNoticesStore()
  const { tell } = notices.getState()
  const parts = {
    recipe: createRecipeStore(settingsOfModel(SMALL_MODEL), settingsOfModel(OPEN_MODEL)),
    race: createRaceStore(),
    repeat: createRepeatStore(run),
    run,
    playback: createPlaybackStore(run),
    notices,
    opened: createOpenedStore(run),
    saved: createSavedStore({ ...dependencies, run, openArchive, tell }),
  }
  const inspection = createInspectionStore()
  // A token that was asked about means nothing in another answer.
  run.subscribe((now, before) => {
    if (!isSameAnswer(now.shown, before.shown)) inspection.getState().clear()
  })
  const opening = createOpeningStore(parts, sources, address)
  const view = createViewStore(look)
  return {
    ...parts,
    inspection,
    opening,
    view,
    hands: createHandsStore(run),
    tour: createTourStore(),
    presenter: createPresenterStore(),
    servers: dependencies.servers,
  }
}

function isSameAnswer(one: Comparison | null, other: Comparison | null): boolean {
  return one?.prompt === other?.prompt && one?.recordedAt === other?.recordedAt
}
