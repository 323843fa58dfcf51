import type { Prediction } from '../core/prediction.ts'
import type { Decoder, PassSplit } from '../trace/trace.ts'

/** A prediction with what it cost. */
export interface Predicted {
  readonly prediction: Prediction
  /** Milliseconds of the forward pass, read-back included. */
  readonly passMs: number
  /** Of a pass on a server that says where the time went. */
  readonly split?: PassSplit
}

/** One autoregressive pass after the other over a cache of what was read before. */
export interface Extension {
  /**
   * Appends ids (the whole prompt first, then a token at a time) and predicts the one that follows:
   * a prediction of length 1.
   */
  extend(ids: readonly number[]): Promise<Predicted>
  /** Frees the cache; the extension is of no use afterwards. */
  release(): void
}

/** The model as a function. Whoever calls it waits for one pass before asking for the next. */
export interface Predictor {
  /** Creates and warms what a run of so many tokens needs, so that none of its steps pays for it. */
  prepare(decoder: Decoder, tokens: number): Promise<void>
  /** Predicts every position of an answer that may hold masks; rows are the answer's positions. */
  denoise(promptIds: readonly number[], answerIds: Int32Array): Promise<Predicted>
  /** An empty cache, for one run of at most so many tokens, prompt and answer. */
  startExtension(tokens: number): Extension
}
