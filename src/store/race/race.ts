import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Runner } from './runner.ts'

export interface RaceState {
  /** The lanes that were chosen; null until some were. */
  readonly runners: readonly Runner[] | null
  setRunners(runners: readonly Runner[]): void
}

/** The race that is being made up: it stays while its dialog is closed. */
export function createRaceStore(): StoreApi<RaceState> {
  return createStore<RaceState>()((set) => ({
    runners: null,
    setRunners: (runners) => set({ runners }),
  }))
}
