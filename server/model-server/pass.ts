/** A pass that the worker with the sessions is asked for. */
export interface PassRequest {
  readonly call: number
  readonly file: string
  readonly window: number
  /** How many sequences. */
  readonly batch: number
  /** Token ids, [batch, window]. */
  readonly ids: Int32Array
  /** 0 on tokens and -10000 on padding, [batch, window]. */
  readonly bias: Float32Array
}

export type PassAnswer =
  | { readonly call: number; readonly packed: Float32Array }
  | { readonly call: number; readonly failure: string }

export interface SessionFolder {
  readonly folder: string
  readonly threads: number
}
