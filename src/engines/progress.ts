import type { Device, ModelCard } from '../trace/trace.ts'

/** What the page can say while a model loads. */
export type LoadProgress =
  | {
      readonly phase: 'download'
      readonly loadedBytes: number
      readonly totalBytes: number
      readonly cached: boolean
      /** Milliseconds that are left at the rate so far; absent while that can't be told. */
      readonly leftMs?: number
    }
  | { readonly phase: 'compile'; readonly what: string }
  | { readonly phase: 'self-check' }
  | { readonly phase: 'connect'; readonly to: string }

/** What is known once a model is ready. */
export interface LoadedModel {
  readonly card: ModelCard
  readonly device: Device
  /** Sentences: why this device was chosen, and everything that fell back on the way. */
  readonly notes: readonly string[]
  /** Longest prompt with template plus answer, in tokens. */
  readonly window: number
  /** Candidates of a position that it tells; 0 where it tells none. */
  readonly topK: number
  /** Lengths of answers that it was trained with; none where that is not known. */
  readonly answerLengths: readonly number[]
}
