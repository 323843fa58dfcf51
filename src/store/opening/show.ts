import type { StoreApi } from 'zustand/vanilla'
import { modelIdOf } from '../../engines/model/bundled-models.ts'
import { leaderOf } from '../../share/comparison.ts'
import type { NoticesState } from '../notices.ts'
import type { PlaybackState } from '../playback.ts'
import type { RecipeState } from '../recipe.ts'
import type { RunState } from '../run.ts'
import type { Found } from './find.ts'
import type { OpenedState } from './opened.ts'
import { settingsOf } from './settings-of.ts'

/** What changes when something else is shown. */
export interface Shown {
  readonly recipe: StoreApi<RecipeState>
  readonly run: StoreApi<RunState>
  readonly playback: StoreApi<PlaybackState>
  readonly opened: StoreApi<OpenedState>
  readonly notices: StoreApi<NoticesState>
}

interface How {
  /** Whether its prompt becomes that of the next run. */
  readonly fillsIn: boolean
  /** Whether it plays from its beginning, or stands at its end; a link stands where its sender did. */
  readonly moves: boolean
}

/** Shows a comparison. Its prompt may become that of the next run, and so do its settings unless some were chosen. */
export function show(
  { recipe, run, playback, opened }: Shown,
  { comparison, link, address }: Found,
  { fillsIn, moves }: How,
): void {
  if (fillsIn) recipe.getState().setPrompt(comparison.prompt)
  const settings = settingsOf(comparison)
  if (settings !== null)
    recipe.getState().adopt(settings, modelIdOf(leaderOf(comparison)?.trace?.header.model.name))
  if (link !== undefined) opened.getState().setOpened({ ...link, hash: address })
  run.getState().open(comparison)
  const player = playback.getState()
  player.rewind()
  if (link !== undefined) {
    player.setClock(link.playhead.clock)
    player.goToSteps(link.playhead.steps)
    if (link.teacher.lockStep) player.lock()
  } else if (moves) player.play()
  else player.goTo(Infinity)
}
