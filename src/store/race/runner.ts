import { strategyOf, type StrategyName } from '../../core/strategies/strategy-of.ts'
import { BUNDLED_MODELS, type ModelId } from '../../engines/model/bundled-models.ts'

/** How a lane of a race decodes: by a strategy of diffusion, or from left to right. */
export type Way = StrategyName | 'autoregressive'

/** A lane of a race as a person chooses it. What it does not say is that of the next run's settings. */
export interface Runner {
  readonly way: Way
  /** What its strategy may spend, as that counts: tokens a pass, a threshold, a factor. Means nothing to autoregression. */
  readonly budget: number
  readonly temperature: number
  readonly model: ModelId
}

export const LEAST_RUNNERS = 2

/** Whether a strategy spends tokens a pass; others spend a number of their own. */
export function spendsTokens(way: StrategyName): boolean {
  return 'steps' in strategyOf(way).own
}

/** What each lane is called: what tells it from the others, and how it decodes where that does or nothing else does. */
export function runnerNames(runners: readonly Runner[]): string[] {
  const differ = (of: (runner: Runner) => unknown) => new Set(runners.map(of)).size > 1
  const budgets = runners.map(budgetName).filter((name) => name !== null)
  const told = {
    way: differ(({ way }) => way),
    budget: new Set(budgets).size > 1,
    temperature: differ(({ temperature }) => temperature),
    model: differ(({ model }) => model),
  }
  const names = runners.map((runner) => {
    const { way, temperature, model } = runner
    const label = way === 'autoregressive' ? 'autoregressive' : strategyOf(way).label
    const hasOwn = way !== 'autoregressive' && !spendsTokens(way)
    const budget = told.budget && budgetName(runner)
    const parts = [
      (told.way || !(told.budget || told.temperature || told.model) || hasOwn) &&
        (hasOwn && budget ? `${label} ${budget}` : label),
      !hasOwn && budget,
      told.temperature && `temperature ${temperature}`,
      told.model && BUNDLED_MODELS[model].label.toLowerCase(),
    ]
    const name = parts.filter((part) => typeof part === 'string').join(' · ')
    return name.charAt(0).toUpperCase() + name.slice(1)
  })
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length
    return before === 0 ? name : `${name} (${before + 1})`
  })
}

/** What of its name tells its budget; null where it has none. */
function budgetName({ way, budget }: Runner): string | null {
  if (way === 'autoregressive') return null
  return spendsTokens(way) ? `${budget} a pass` : String(budget)
}
