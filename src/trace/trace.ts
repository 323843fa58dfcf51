import type { AutoregressiveSettings, DiffusionSettings } from '../core/settings.ts'
import type { StepEvent } from '../core/step-event.ts'
import type { Vocabulary } from '../core/vocabulary.ts'
import type { Knowledge } from './knowledge.ts'

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

/** The token ids that a trace has to know by meaning; a model of uniform noise has no mask. */
export interface TraceVocabulary extends Omit<Vocabulary, 'mask'> {
  readonly mask: number | null
}

/** What stands on a canvas before the first step. */
export interface StartingCanvas {
  /** Token ids; the mask where nothing is decided. Their number is the number of positions. */
  readonly ids: readonly number[]
  /** Positions whose tokens are fixed, rising; all others are drafts or masks. */
  readonly given: readonly number[]
}

interface HeaderBase {
  readonly prompt: string
  /** Token ids of the prompt with its template. */
  readonly promptIds: readonly number[]
  readonly vocabulary: TraceVocabulary
  readonly model: ModelCard
  readonly device: Device
  /** What this run can show. */
  readonly knowledge: Knowledge
  /** Absent where a canvas begins as masks alone, and in autoregression, which begins with nothing. */
  readonly canvas?: StartingCanvas
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

/** A change of the canvas with its place on the lane's own clock: a forward pass, an update of a service's text, or an edit. */
export interface TraceStep extends StepEvent {
  /** Milliseconds from the run's start to this step's end, waits for the person left out. */
  readonly at: number
  /** Milliseconds of the forward pass alone. */
  readonly passMs: number
  /** Absent where the pass was not on a server, or the server does not say. */
  readonly split?: PassSplit
  /** Absent where the step is no draft of a service that counts them. */
  readonly draft?: DraftPlace
  /** There where it is what a person did between two passes: it has no rows and cost nothing. */
  readonly edit?: true
  /** Positions taken out and put in, before the commits; positions of rows are those of before. */
  readonly splices?: readonly Splice[]
}

/** A change of the number of positions: at `at`, so many are taken out, and so many put in, masked or to be drafted. */
export interface Splice {
  readonly at: number
  readonly removed: number
  readonly inserted: number
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

/** What a person does to one position. */
export interface EditChange {
  readonly position: number
  /** The token that stands there from then on; the mask where it is masked again. */
  readonly id: number
  readonly how: 'pinned' | 'replaced' | 'masked'
}

/** What happens in a run, in order. */
export type TraceEvent =
  | { readonly kind: 'start'; readonly header: TraceHeader }
  | { readonly kind: 'step'; readonly step: TraceStep }
  | { readonly kind: 'edit'; readonly changes: readonly EditChange[] }
  | { readonly kind: 'end'; readonly summary?: string }
