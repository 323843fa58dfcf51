import type { StoreApi } from 'zustand/vanilla'
import type { OpenServers } from '../lane-engines.ts'
import type { NoticesState } from '../notices.ts'
import { plansLike } from '../race/plans-like.ts'
import type { RecipeState } from '../recipe.ts'
import type { RunState } from '../run.ts'
import { offeredBy } from './offered-by.ts'
import type { OpenedState } from './opened.ts'
import { modelsOf, placesOf, ranElsewhere } from './places-of.ts'
import { settingsOf } from './settings-of.ts'

interface Parts {
  readonly opened: StoreApi<OpenedState>
  readonly notices: StoreApi<NoticesState>
  readonly recipe: StoreApi<RecipeState>
  readonly run: StoreApi<RunState>
  readonly servers: OpenServers
}

/**
 * Runs the recipe of what was opened, with its own settings, its models and where it ran: what this page does not offer runs on
 * this device, and a sentence says so.
 */
export async function runHere({ opened, notices, recipe, run, servers }: Parts): Promise<void> {
  const link = opened.getState().opened
  const settings = link && settingsOf(link.comparison)
  if (link === null || settings === null) return
  const { comparison } = link
  const offered = ranElsewhere(comparison) ? await offeredBy(servers) : []
  // Something else was opened while the gateway was asked.
  if (opened.getState().opened?.hash !== link.hash) return
  const { places, missing } = placesOf(comparison, offered)
  if (missing.length > 0) notices.getState().tell(missing.join(' '))
  recipe.getState().setPrompt(comparison.prompt)
  const going = run
    .getState()
    .start(
      { ...recipe.getState(), settings, places, laneModels: modelsOf(comparison) },
      plansLike(comparison) ?? undefined,
    )
  opened.getState().expectLive(run.getState().begun)
  await going
}
