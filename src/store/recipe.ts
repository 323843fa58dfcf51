import { createStore, type StoreApi } from 'zustand/vanilla'
import { autoregressiveSettings } from '../core/autoregressive-settings.ts'
import { changeSettings } from '../core/change-settings.ts'
import type { DiffusionSettings, SettingsChange } from '../core/settings.ts'
import type { WantedDevice } from '../engines/browser/choose-device.ts'
import type { ModelId } from '../engines/model/bundled-models.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import type { RunRequest } from '../engines/run-request.ts'
import type { OpenPass } from './model-for.ts'

/** Upstreams of the gateway that lanes run on, by the lane's id; a lane that is not named runs on this device. */
type Places = Readonly<Record<string, Upstream>>

/** Models of lanes that run on this device, by the lane's id; a lane that is not named takes the recipe's. */
type LaneModels = Readonly<Record<string, ModelId>>

/** What the next run is made of. Nothing here touches the run that is shown. */
export interface Recipe {
  readonly prompt: string
  readonly settings: DiffusionSettings
  readonly device: WantedDevice
  readonly places: Places
  readonly model: ModelId
  readonly laneModels: LaneModels
}

/** A lane that is to be run. */
export interface LanePlan {
  readonly id: string
  readonly name: string
  /** Of this device; means nothing where the lane runs elsewhere. */
  readonly model: ModelId
  readonly request: RunRequest
}

/** The lanes of a fresh run, by id, in the order in which they run: the first one leads. */
export const FRESH_LANES = [
  { id: 'diffusion', name: 'Diffusion', decoder: 'diffusion' },
  { id: 'autoregressive', name: 'Autoregressive', decoder: 'autoregressive' },
] as const

/** What a fresh run computes. */
export function plansOf({ prompt, settings, model, laneModels }: Recipe): LanePlan[] {
  return FRESH_LANES.map(({ id, name, decoder }) => ({
    id,
    name,
    model: laneModels[id] ?? model,
    request:
      decoder === 'diffusion'
        ? { decoder, prompt, settings }
        : { decoder, prompt, settings: autoregressiveSettings(settings) },
  }))
}

export interface RecipeState extends Recipe {
  /** Whether the person has chosen any setting; until then a recording's settings may be adopted. */
  readonly touched: boolean
  /** Whether the person has chosen the model; until then the page does. */
  readonly modelChosen: boolean
  /** Null where the open world never ran here. */
  readonly openPass: OpenPass | null
  /** The graphics processor for which the page took the open world untimed; null where it did not. */
  readonly gpu: string | null
  setPrompt(prompt: string): void
  change(part: SettingsChange): void
  setDevice(device: WantedDevice): void
  /** @param lane its id; null is this device */
  setPlace(lane: string, place: Upstream | null): void
  /** All lanes of this device take this model, with its own settings unless some were chosen. */
  setModel(model: ModelId, by: 'person' | 'page'): void
  /** @param model null is the recipe's own */
  setLaneModel(lane: string, model: ModelId | null): void
  /**
   * Takes over the settings of a recording that is shown, unless some were chosen.
   *
   * @param model the one that it ran on, where it is known; another model's settings are not taken
   */
  adopt(settings: DiffusionSettings, model?: ModelId | null): void
  /** Takes back what was chosen in this tab before it was loaded anew. */
  restore(recipe: Partial<Recipe> & Pick<RecipeState, 'touched'>): void
  /** Back to the built-in settings, whatever is shown. */
  reset(): void
}

/**
 * @param small the settings that a page begins with, and goes back to
 * @param open those of the open world
 */
export function createRecipeStore(
  small: DiffusionSettings,
  open: DiffusionSettings = small,
): StoreApi<RecipeState> {
  const builtIn: Readonly<Record<ModelId, DiffusionSettings>> = { small, open }
  const without = <T>(all: Readonly<Record<string, T>>, lane: string) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => id !== lane))
  return createStore<RecipeState>()((set) => ({
    prompt: '',
    settings: small,
    device: 'auto',
    places: {},
    model: 'small',
    laneModels: {},
    touched: false,
    modelChosen: false,
    openPass: null,
    gpu: null,
    setPrompt: (prompt) => set({ prompt }),
    change: (part) => set((now) => ({ settings: changeSettings(now.settings, part), touched: true })),
    setDevice: (device) => set({ device }),
    setPlace: (lane, place) =>
      set(({ places }) => ({
        places: place === null ? without(places, lane) : { ...without(places, lane), [lane]: place },
      })),
    setModel: (model, by) =>
      set((now) => ({
        model,
        modelChosen: now.modelChosen || by === 'person',
        laneModels: {},
        ...(now.touched || now.model === model ? {} : { settings: builtIn[model] }),
      })),
    setLaneModel: (lane, model) =>
      set(({ laneModels }) => ({
        laneModels: model === null ? without(laneModels, lane) : { ...laneModels, [lane]: model },
      })),
    adopt: (settings, model) =>
      set((now) => (now.touched || (model ?? now.model) !== now.model ? now : { settings })),
    restore: (recipe) => set(recipe),
    reset: () =>
      set(({ model }) => ({
        settings: builtIn[model],
        device: 'auto',
        places: {},
        laneModels: {},
        touched: false,
      })),
  }))
}
