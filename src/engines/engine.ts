import type { AutoregressiveSettings, DiffusionSettings } from '../core/settings.ts'
import type { Decoder, TraceEvent } from '../trace/trace.ts'

/** What an engine can honestly show. What is not there is not drawn. */
export interface Capabilities {
  readonly decoders: readonly Decoder[]
  readonly tokenIds: boolean
  readonly confidence: boolean
  readonly entropy: boolean
  readonly topK: number
  readonly perStep: boolean
  readonly editable: boolean
  readonly resumable: boolean
}

export type RunRequest =
  | { readonly decoder: 'diffusion'; readonly prompt: string; readonly settings: DiffusionSettings }
  | { readonly decoder: 'autoregressive'; readonly prompt: string; readonly settings: AutoregressiveSettings }

/** Where predictions come from. */
export interface Engine {
  readonly capabilities: Capabilities
  /**
   * Runs a request step by step; the consumer pulls. Abandoning the loop drops the run.
   * Throws an `EngineError` (a plain object, see `engine-error.ts`).
   */
  run(request: RunRequest, signal: AbortSignal): AsyncIterable<TraceEvent>
}
