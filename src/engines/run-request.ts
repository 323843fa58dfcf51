import type { AutoregressiveState } from '../core/autoregressive-state.ts'
import type { DiffusionState } from '../core/diffusion-state.ts'
import type { AutoregressiveSettings, DiffusionSettings } from '../core/settings.ts'

/** What is asked of an engine. */
export type RunRequest =
  | { readonly decoder: 'diffusion'; readonly prompt: string; readonly settings: DiffusionSettings }
  | { readonly decoder: 'autoregressive'; readonly prompt: string; readonly settings: AutoregressiveSettings }

/** All that a run needs to go on elsewhere: its state and where its clock stood, in milliseconds. */
export type Checkpoint =
  | { readonly decoder: 'diffusion'; readonly at: number; readonly state: DiffusionState }
  | { readonly decoder: 'autoregressive'; readonly at: number; readonly state: AutoregressiveState }
