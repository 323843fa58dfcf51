import { createStore, type StoreApi } from 'zustand/vanilla'
import { DEFAULT_ANSWER_LENGTH, defaultDiffusionSettings } from '../core/default-settings.ts'
import type { WantedDevice } from '../engines/browser/choose-device.ts'
import type { AutoregressiveSettings, DiffusionSettings } from '../core/settings.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import type { Decoder } from '../trace/trace.ts'

/** Where each lane runs: on an upstream of the gateway, or (null) on this device. */
export type Places = Readonly<Record<Decoder, Upstream | null>>

const THIS_DEVICE: Places = { diffusion: null, autoregressive: null }

/** What the next run is made of. Nothing here touches the run that is shown. */
export interface Recipe {
  readonly prompt: string
  readonly settings: DiffusionSettings
  readonly device: WantedDevice
  readonly places: Places
}

export interface RecipeState extends Recipe {
  /** Whether the person has chosen any setting; until then a recording's settings may be adopted. */
  readonly touched: boolean
  setPrompt(prompt: string): void
  change(part: Partial<DiffusionSettings>): void
  setDevice(device: WantedDevice): void
  setPlace(lane: Decoder, place: Upstream | null): void
  /** Takes over the settings of a recording that is shown, unless some were chosen. */
  adopt(settings: DiffusionSettings): void
  /** Back to the settings that were adopted first, or to the built-in ones. */
  reset(): void
}

export function createRecipeStore(): StoreApi<RecipeState> {
  const builtIn = defaultDiffusionSettings(DEFAULT_ANSWER_LENGTH)
  let defaults: DiffusionSettings | null = null
  return createStore<RecipeState>()((set) => ({
    prompt: '',
    settings: builtIn,
    device: 'auto',
    places: THIS_DEVICE,
    touched: false,
    setPrompt: (prompt) => set({ prompt }),
    change: (part) => set((now) => ({ settings: changeSettings(now.settings, part), touched: true })),
    setDevice: (device) => set({ device }),
    setPlace: (lane, place) => set(({ places }) => ({ places: { ...places, [lane]: place } })),
    adopt: (settings) => {
      defaults ??= settings
      set((now) => (now.touched ? now : { settings }))
    },
    reset: () => set({ settings: defaults ?? builtIn, device: 'auto', places: THIS_DEVICE, touched: false }),
  }))
}

/**
 * Settings with a part changed. A new answer length keeps what the others mean: "no blocks" stays no blocks,
 * and the tokens committed a step stay as they are.
 */
export function changeSettings(
  settings: DiffusionSettings,
  part: Partial<DiffusionSettings>,
): DiffusionSettings {
  const { answerLength, blockLength, steps } = settings
  const length = part.answerLength ?? answerLength
  const whole = blockLength === answerLength
  const scaled = {
    blockLength: whole ? length : Math.min(blockLength, length),
    steps: Math.max(1, Math.round((steps / answerLength) * length)),
  }
  return { ...settings, ...scaled, ...part }
}

/** The settings of the other lane: what both decoders share. */
export function autoregressiveSettings({
  answerLength,
  temperature,
  topK,
  seed,
}: DiffusionSettings): AutoregressiveSettings {
  return { answerLength, temperature, topK, seed }
}
