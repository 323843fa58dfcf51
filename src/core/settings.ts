import type { Canvas, Own } from './strategies/strategy.ts'
import type { STRATEGIES, StrategyName } from './strategies/strategy-of.ts'

/** Everything that decides an autoregressive run, besides model and prompt. */
export interface AutoregressiveSettings {
  /** Most tokens to write; positions of a diffusion canvas. */
  readonly answerLength: number
  /** 0 takes the most probable token; above, Gumbel-max sampling among the first `topK`. */
  readonly temperature: number
  /** Candidates that sampling may choose from. */
  readonly topK: number
  readonly seed: number
}

/** What every diffusion run has; a `blockLength` of `answerLength` means no blocks. */
export type BaseSettings = AutoregressiveSettings & Canvas

type OwnKey<Name extends StrategyName> = Extract<keyof (typeof STRATEGIES)[Name]['own'], string>

/** The settings of one strategy, or of one among several: what every run has, and what is this strategy's own. */
export type SettingsOf<Name extends StrategyName> = {
  [N in Name]: BaseSettings & { readonly strategy: N } & Own<OwnKey<N>>
}[Name]

/** Everything that decides a diffusion run, besides model and prompt: a union by strategy. */
export type DiffusionSettings = SettingsOf<StrategyName>

/** What a person changes of them: any of what a run has, and of what any strategy has. */
export type SettingsChange = Partial<
  BaseSettings & {
    readonly strategy: StrategyName
  } & Own<{ [N in StrategyName]: OwnKey<N> }[StrategyName]>
>
