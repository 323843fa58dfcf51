import type { Prediction } from '../../src/core/prediction.ts'

/** A pass of diffusion that the worker with the sessions is asked for. */
export interface PassRequest {
  readonly file: string
  readonly window: number
  /** How many sequences. */
  readonly batch: number
  /** Token ids, [batch, window]. */
  readonly ids: Int32Array
  /** 0 on tokens and -10000 on padding, [batch, window]. */
  readonly bias: Float32Array
}

/** What the worker is asked: a pass, or the token that follows. */
export type WorkRequest = { readonly pass: PassRequest } | { readonly next: readonly number[] }

/** The next token's prediction and what the pass took. */
export interface NextToken {
  readonly prediction: Prediction
  readonly passMs: number
}

export interface SessionFolder {
  readonly folder: string
  readonly threads: number
}
