import { autoregressiveSettings } from '../../core/autoregressive-settings.ts'
import { changeSettings } from '../../core/change-settings.ts'
import { strategyOf } from '../../core/strategies/strategy-of.ts'
import type { RunRequest } from '../../engines/run-request.ts'
import type { LanePlan, Recipe } from '../recipe.ts'
import { runnerNames, type Runner } from './runner.ts'

/** The lanes of a race over a recipe's prompt, seed and answer length, in the order in which they run. */
export function racePlans(
  { prompt, settings }: Pick<Recipe, 'prompt' | 'settings'>,
  runners: readonly Runner[],
): LanePlan[] {
  const names = runnerNames(runners)
  return runners.map((runner, at) => ({
    id: `race-${at + 1}`,
    name: names[at]!,
    model: runner.model,
    request: requestOf(prompt, settings, runner),
  }))
}

function requestOf(
  prompt: string,
  before: Recipe['settings'],
  { way, budget, temperature }: Runner,
): RunRequest {
  if (way === 'autoregressive') {
    const settings = { ...autoregressiveSettings(before), temperature }
    return { decoder: 'autoregressive', prompt, settings }
  }
  const spent = strategyOf(way).spending(budget, before.answerLength)
  return {
    decoder: 'diffusion',
    prompt,
    settings: changeSettings(before, { strategy: way, temperature, ...spent }),
  }
}
