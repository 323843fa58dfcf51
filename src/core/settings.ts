/** Decoding strategies of masked diffusion, by the names of their papers; one file each. */
export const STRATEGY_NAMES = [
  'low-confidence',
  'random',
  'margin',
  'entropy',
  'threshold',
  'factor',
] as const

export type StrategyName = (typeof STRATEGY_NAMES)[number]

/** Everything that decides a diffusion run, besides model and prompt. */
export interface DiffusionSettings {
  readonly strategy: StrategyName
  /** Positions of the canvas. */
  readonly answerLength: number
  /** Positions decided together, from left to right; `answerLength` means no blocks. */
  readonly blockLength: number
  /** Denoising steps over the whole canvas; strategies with a quota take exactly these many. */
  readonly steps: number
  /** 0 takes the most probable token; above, Gumbel-max sampling among the first `topK`. */
  readonly temperature: number
  /** Candidates that sampling may choose from. */
  readonly topK: number
  /** `threshold` commits every position at least this probable (Fast-dLLM, arXiv 2505.22618). */
  readonly threshold: number
  /** `factor` commits n positions while (n+1)(1 − c_n) stays below this (Fast-dLLM). */
  readonly factor: number
  readonly seed: number
}

/** Everything that decides an autoregressive run, besides model and prompt. */
export interface AutoregressiveSettings {
  /** Most tokens to write. */
  readonly answerLength: number
  readonly temperature: number
  readonly topK: number
  readonly seed: number
}
