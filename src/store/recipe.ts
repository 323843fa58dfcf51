import { createStore, type StoreApi } from 'zustand/vanilla'
import { autoregressiveSettings } from '../core/autoregressive-settings.ts'
import { changeSettings } from '../core/change-settings.ts'
import type { DiffusionSettings, SettingsChange } from '../core/settings.ts'
import type { WantedDevice } from '../engines/browser/choose-device.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import type { RunRequest } from '../engines/run-request.ts'

/** Upstreams of the gateway that lanes run on, by the lane's id; a lane that is not named runs on this device. */
type Places = Readonly<Record<string, Upstream>>

/** What the next run is made of. Nothing here touches the run that is shown. */
export interface Recipe {
  readonly prompt: string
  readonly settings: DiffusionSettings
  readonly device: WantedDevice
  readonly places: Places
}

/** A lane that is to be run. */
export interface LanePlan {
  readonly id: string
  readonly name: string
  readonly request: RunRequest
}

/** The lanes of a fresh run, by id, in the order in which they run: the first one leads. */
export const FRESH_LANES = [
  { id: 'diffusion', name: 'Diffusion', decoder: 'diffusion' },
  { id: 'autoregressive', name: 'Autoregressive', decoder: 'autoregressive' },
] as const

/** What a fresh run computes. */
export function plansOf({ prompt, settings }: Recipe): LanePlan[] {
  return FRESH_LANES.map(({ id, name, decoder }) => ({
    id,
    name,
    request:
      decoder === 'diffusion'
        ? { decoder, prompt, settings }
        : { decoder, prompt, settings: autoregressiveSettings(settings) },
  }))
}

export interface RecipeState extends Recipe {
  /** Whether the person has chosen any setting; until then a recording's settings may be adopted. */
  readonly touched: boolean
  setPrompt(prompt: string): void
  change(part: SettingsChange): void
  setDevice(device: WantedDevice): void
  /** @param lane its id; null is this device */
  setPlace(lane: string, place: Upstream | null): void
  /** Takes over the settings of a recording that is shown, unless some were chosen. */
  adopt(settings: DiffusionSettings): void
  /** Takes back what was chosen in this tab before it was loaded anew. */
  restore(recipe: Partial<Recipe> & Pick<RecipeState, 'touched'>): void
  /** Back to the built-in settings, whatever is shown. */
  reset(): void
}

/** @param builtIn the settings that a page begins with, and goes back to */
export function createRecipeStore(builtIn: DiffusionSettings): StoreApi<RecipeState> {
  return createStore<RecipeState>()((set) => ({
    prompt: '',
    settings: builtIn,
    device: 'auto',
    places: {},
    touched: false,
    setPrompt: (prompt) => set({ prompt }),
    change: (part) => set((now) => ({ settings: changeSettings(now.settings, part), touched: true })),
    setDevice: (device) => set({ device }),
    setPlace: (lane, place) =>
      set(({ places }) => {
        const others = Object.fromEntries(Object.entries(places).filter(([id]) => id !== lane))
        return { places: place === null ? others : { ...others, [lane]: place } }
      }),
    adopt: (settings) => set((now) => (now.touched ? now : { settings })),
    restore: (recipe) => set(recipe),
    reset: () => set({ settings: builtIn, device: 'auto', places: {}, touched: false }),
  }))
}
