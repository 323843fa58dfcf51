import type { Comparison } from '../share/comparison.ts'
import type { OpenedLink } from '../share/link/from-shared.ts'
import type { Upstream } from '../engines/remote/upstream.ts'
import { placesOf, ranElsewhere } from './places-of.ts'
import { shownOf, type Shown } from './shown.ts'
import type { Stores } from './stores.ts'

/** Longer than this nobody waits for a list, in milliseconds. */
const LIST_MS = 10_000

/** Shows a finished run and makes its prompt and settings those of the next run. */
function show({ recipe, run, playback }: Stores, shown: Shown): void {
  const header = shown.traces.diffusion?.header
  recipe.getState().setPrompt(shown.prompt)
  if (header?.decoder === 'diffusion') recipe.getState().adopt(header.settings)
  run.getState().open(shown)
  playback.getState().rewind()
}

/** Shows what came in a link, as the sender saw it: standing on the sender's step. */
export function openLinked(stores: Stores, { comparison, playhead, caption, teacher }: OpenedLink): void {
  const shown = shownOf(comparison, 'shared')
  // A run that is going ends first: its last state must not be taken for what is opened.
  stores.run.getState().stop()
  stores.opened.getState().setOpened({ shown, playhead, caption, teacher })
  show(stores, shown)
  stores.playback.getState().goTo(playhead)
  if (teacher.lockStep) stores.playback.getState().lock()
}

/** Shows what came in a file or from this browser's own runs, at its end. */
export function openShown(stores: Stores, shown: Shown): void {
  show(stores, shown)
  stores.playback.getState().goTo(Infinity)
}

export function openComparison(stores: Stores, comparison: Comparison): void {
  openShown(stores, shownOf(comparison, 'recorded'))
}

/** What the gateway offers now; nothing where there is none, or it does not let us. */
async function offeredBy(servers: Stores['servers']): Promise<readonly Upstream[]> {
  try {
    const offer = await (await servers()).list(AbortSignal.timeout(LIST_MS))
    return offer.kind === 'offered' ? offer.upstreams : []
  } catch {
    return []
  }
}

/**
 * Runs the recipe of what was opened, with its own settings and where it ran: what this page does not offer runs on
 * this device, and a sentence says so.
 */
export async function runHere({ opened, recipe, run, servers }: Stores): Promise<void> {
  const shown = opened.getState().opened?.shown
  const header = shown?.traces.diffusion?.header
  if (shown === undefined || header?.decoder !== 'diffusion') return
  recipe.getState().setPrompt(shown.prompt)
  const offered = ranElsewhere(shown.traces) ? await offeredBy(servers) : []
  const { places, missing } = placesOf(shown.traces, offered)
  if (missing.length > 0) opened.getState().tell(missing.join(' '))
  await run.getState().start({ ...recipe.getState(), settings: header.settings, places })
}
