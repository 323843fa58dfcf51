/**
 * What a model says about every position of an answer. Natural logarithms over the full vocabulary;
 * row i is about position i (an engine has undone the model's shift).
 */
export interface Prediction {
  /** Number of positions. */
  readonly length: number
  /** Candidates a position. */
  readonly k: number
  /** Token ids, `[length, k]`, most probable first; equal probabilities: lower id first. */
  readonly ids: Int32Array
  /** Log-probabilities of `ids`, `[length, k]`; −Infinity of one that cannot come. */
  readonly logProbs: Float32Array
  /** Entropy over the full vocabulary in nats, `[length]`. */
  readonly entropy: Float32Array
}
