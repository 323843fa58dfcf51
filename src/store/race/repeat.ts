import { createStore, type StoreApi } from 'zustand/vanilla'
import { resultsOf, type LaneResult } from '../../share/results/results.ts'
import type { LanePlan, Recipe } from '../recipe.ts'
import type { RunState } from '../run.ts'

export const MOST_REPEATS = 50

export interface RepeatState {
  readonly prompt: string
  /** The results of every run that has ended; none where nothing was repeated. */
  readonly runs: readonly (readonly LaneResult[])[]
  /** Runs that were asked for. */
  readonly of: number
  readonly going: boolean
  /**
   * Runs the same lanes so many times, each time with the next seed. A run that is stopped, fails, or gives way to
   * another ends it; what was counted stays.
   */
  start(recipe: Recipe, plansOf: (recipe: Recipe) => readonly LanePlan[], times: number): Promise<void>
}

export function createRepeatStore(run: StoreApi<RunState>): StoreApi<RepeatState> {
  let newest = 0
  return createStore<RepeatState>()((set, get) => ({
    prompt: '',
    runs: [],
    of: 0,
    going: false,
    async start(recipe, plansOf, times) {
      const mine = ++newest
      set({ prompt: recipe.prompt, runs: [], of: times, going: true })
      for (let time = 0; time < times; time++) {
        const { settings } = recipe
        const seeded = { ...recipe, settings: { ...settings, seed: settings.seed + time } }
        const going = run.getState().start(seeded, plansOf(seeded))
        const { begun } = run.getState()
        await going
        const { shown, activity } = run.getState()
        const isWhole = activity.kind === 'idle' && shown?.recordedAt === begun
        if (mine !== newest) return
        if (!isWhole || shown === null) break
        set({ runs: [...get().runs, resultsOf(shown)] })
      }
      set({ going: false })
    },
  }))
}
