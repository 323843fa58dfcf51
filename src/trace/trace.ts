import type { AutoregressiveSettings, DiffusionSettings } from '../core/settings.ts'
import type { StepEvent } from '../core/step-event.ts'
import type { Vocabulary } from '../core/vocabulary.ts'

export type Decoder = 'diffusion' | 'autoregressive'

/** Where a run was computed, in words that the page can show. */
export interface Device {
  /** `webgpu` and `wasm` in the page, `cpu` in Node, `remote` on a server. */
  readonly backend: 'webgpu' | 'wasm' | 'cpu' | 'remote'
  /** For example "WASM, 2 threads" or "NVIDIA Ampere". */
  readonly label: string
  readonly threads?: number
}

export interface ModelCard {
  readonly name: string
  /** Begins the weights' sha256. */
  readonly revision: string
  readonly parameters: number
  /** For example "8-bit blocks of 32". */
  readonly precision: string
}

/**
 * What a service's run is a record of, where it is not of forward passes: pieces of text as they came, or whole
 * drafts whose differences are the steps. Its tokens are pieces of text, its reasons mean nothing, and nothing
 * else is known of its positions.
 */
export const RECORDS = ['text', 'drafts'] as const
export type ServiceRecord = (typeof RECORDS)[number]

interface HeaderBase {
  readonly prompt: string
  /** Token ids of the prompt with its template. */
  readonly promptIds: readonly number[]
  readonly vocabulary: Vocabulary
  readonly model: ModelCard
  readonly device: Device
  /** Absent where a step is a forward pass. */
  readonly record?: ServiceRecord
}

/** What is known of a run before its first step. */
export type TraceHeader =
  | (HeaderBase & { readonly decoder: 'diffusion'; readonly settings: DiffusionSettings })
  | (HeaderBase & { readonly decoder: 'autoregressive'; readonly settings: AutoregressiveSettings })

/** Where the milliseconds of a pass on a server went, as far as the server says. */
export interface PassSplit {
  /** Outside the server: the way there and back, and what stands between. */
  readonly networkMs: number
  /** Waiting for its turn in the server. */
  readonly queueMs: number
  readonly computeMs: number
}

/** Where a service says that a draft stands in its own count. */
export interface DraftPlace {
  /** Blocks are counted from 0, as the services do. */
  readonly block: number
  /** Step of the block, from 1. */
  readonly step: number
  /** Steps that the block takes at most; the service may end it sooner. */
  readonly total: number
}

/** A step with its place on the lane's own clock. */
export interface TraceStep extends StepEvent {
  /** Milliseconds from the run's start to this step's end, waits for the person left out. */
  readonly at: number
  /** Milliseconds of the forward pass alone. */
  readonly passMs: number
  /** Absent where the pass was not on a server, or the server does not say. */
  readonly split?: PassSplit
  /** Absent where the step is no draft of a service that counts them. */
  readonly draft?: DraftPlace
}

export type TraceStatus = 'running' | 'done' | 'stopped' | 'failed'

/** A run, whole or as far as it got. All that is drawn is derived from it. Never mutated. */
export interface Trace {
  readonly header: TraceHeader
  readonly steps: readonly TraceStep[]
  readonly status: TraceStatus
  /** What a service says that it thought before it answered, if it was asked to. */
  readonly summary?: string
}

/** What an engine yields while it runs. */
export type TraceEvent =
  | { readonly kind: 'start'; readonly header: TraceHeader }
  | { readonly kind: 'step'; readonly step: TraceStep }
  | { readonly kind: 'end'; readonly summary?: string }
