import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { HandsState } from '../store/hands.ts'
import type { InspectionState } from '../store/inspection.ts'
import type { SavedState } from '../store/kept/saved-runs.ts'
import type { NoticesState } from '../store/notices.ts'
import type { OpenedState } from '../store/opening/opened.ts'
import type { OpeningState } from '../store/opening/opening.ts'
import type { PlaybackState } from '../store/playback.ts'
import type { RaceState } from '../store/race/race.ts'
import type { RepeatState } from '../store/race/repeat.ts'
import type { RecipeState } from '../store/recipe.ts'
import type { RunState } from '../store/run.ts'
import type { Stores } from '../store/stores.ts'
import type { ViewState } from '../store/view.ts'

export const StoresContext = createContext<Stores | null>(null)

export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (stores === null) throw new Error('Put the page inside a StoresContext.')
  return stores
}

export function useRecipe<T>(select: (state: RecipeState) => T): T {
  return useStore(useStores().recipe, select)
}

export function useRace<T>(select: (state: RaceState) => T): T {
  return useStore(useStores().race, select)
}

export function useRepeat<T>(select: (state: RepeatState) => T): T {
  return useStore(useStores().repeat, select)
}

export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useStores().run, select)
}

export function usePlayback<T>(select: (state: PlaybackState) => T): T {
  return useStore(useStores().playback, select)
}

export function useInspection<T>(select: (state: InspectionState) => T): T {
  return useStore(useStores().inspection, select)
}

export function useHands<T>(select: (state: HandsState) => T): T {
  return useStore(useStores().hands, select)
}

export function useOpened<T>(select: (state: OpenedState) => T): T {
  return useStore(useStores().opened, select)
}

export function useOpening<T>(select: (state: OpeningState) => T): T {
  return useStore(useStores().opening, select)
}

export function useNotices<T>(select: (state: NoticesState) => T): T {
  return useStore(useStores().notices, select)
}

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useStores().view, select)
}

export function useSaved<T>(select: (state: SavedState) => T): T {
  return useStore(useStores().saved, select)
}
