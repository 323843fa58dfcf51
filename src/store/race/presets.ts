import type { ModelId } from '../../engines/model/bundled-models.ts'
import type { Runner } from './runner.ts'

/** A race worth watching, by its name. */
export interface Preset {
  readonly name: string
  /** What it asks, in half a line. */
  readonly hint: string
  /** Its lanes, where the next run has this model and this temperature. */
  readonly runners: (model: ModelId, temperature: number) => readonly Runner[]
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'Strategies',
    hint: 'which order serves this prompt best?',
    runners: (model, temperature) =>
      (['low-confidence', 'margin', 'entropy', 'random'] as const).map((way) => ({
        way,
        budget: 2,
        temperature,
        model,
      })),
  },
  {
    name: 'Budgets',
    hint: 'how many tokens a pass before it breaks?',
    runners: (model, temperature) =>
      [1, 2, 4, 8].map((budget) => ({ way: 'low-confidence', budget, temperature, model })),
  },
  {
    name: 'Thresholds',
    hint: 'how sure is sure enough?',
    runners: (model, temperature) => [
      ...[0.6, 0.8, 0.95].map((budget): Runner => ({ way: 'threshold', budget, temperature, model })),
      { way: 'autoregressive', budget: 1, temperature, model },
    ],
  },
  {
    name: 'Temperatures',
    hint: 'the same seed, drawn more and more freely',
    runners: (model) =>
      [0, 0.3, 0.7, 1.2].map((temperature) => ({ way: 'low-confidence', budget: 1, temperature, model })),
  },
  {
    name: 'Revision',
    hint: 'does taking back what was written help?',
    runners: (model, temperature) =>
      (['low-confidence', 'remdm-cap', 'remdm-rescale', 'remdm-conf'] as const).map((way) => ({
        way,
        budget: 2,
        temperature,
        model,
      })),
  },
  {
    name: 'Models',
    hint: 'both worlds, both decoders',
    runners: (_model, temperature) =>
      (['small', 'open'] as const).flatMap((model): Runner[] => [
        { way: 'low-confidence', budget: 1, temperature, model },
        { way: 'autoregressive', budget: 1, temperature, model },
      ]),
  },
]
