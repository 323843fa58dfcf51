import type { StoreApi } from 'zustand/vanilla'
import { lanesOf, type Upstream } from '../../engines/remote/upstream.ts'
import { isBusy } from '../activity.ts'
import type { NoticesState } from '../notices.ts'
import type { OpeningState } from '../opening/opening.ts'
import { FRESH_LANES, type RecipeState } from '../recipe.ts'
import type { RunState } from '../run.ts'
import { readPage, writePage, type KeptPage, type TabStorage } from './page.ts'

interface Parts {
  readonly recipe: StoreApi<RecipeState>
  readonly run: StoreApi<RunState>
  readonly opening: StoreApi<OpeningState>
  readonly notices: StoreApi<NoticesState>
  /** What the gateway offers now; never rejects. */
  readonly offered: () => Promise<readonly Upstream[]>
}

/** Said of a run that was going when its page was left. */
export const LEFT =
  'The page was left in the middle of this run. What was computed is shown; Run starts it again.'

/**
 * Takes back what the next run was made of before the tab was loaded anew, and keeps it from then on. The prompt comes
 * back with what was shown alone: with another address, it is that of what is opened.
 *
 * @param hash of the page's address
 * @returns how the address is to be opened
 */
export function keepPage(
  parts: Parts,
  storage: TabStorage,
  hash: string,
): Parameters<OpeningState['open']>[1] {
  const kept = readPage(storage)
  const isSame = kept?.address === hash
  if (kept !== null) restore(parts, kept, isSame)
  const { recipe, run, opening } = parts
  const write = () => {
    const { prompt, settings, touched, device, places } = recipe.getState()
    const { activity, begun, shown } = run.getState()
    const upstreams = Object.entries(places).map(([lane, { id }]) => [lane, id])
    writePage(storage, {
      address: opening.getState().address,
      running: isBusy(activity) && begun !== null && shown?.recordedAt === begun,
      prompt,
      settings,
      touched,
      device,
      places: Object.fromEntries(upstreams),
    })
  }
  recipe.subscribe(write)
  opening.subscribe(write)
  run.subscribe((now, before) => {
    const began = now.shown?.recordedAt !== before.shown?.recordedAt
    if (began || isBusy(now.activity) !== isBusy(before.activity)) write()
  })
  if (!isSame) return {}
  return kept.running ? { keepsRecipe: true, note: LEFT } : { keepsRecipe: true }
}

function restore({ recipe, notices, offered }: Parts, kept: KeptPage, withPrompt: boolean): void {
  const { prompt, settings, touched, device, places } = kept
  recipe.getState().restore({ settings, touched, device, ...(withPrompt && { prompt }) })
  if (Object.keys(places).length === 0) return
  void offered().then((upstreams) => {
    const missing: string[] = []
    for (const { id: lane, name, decoder } of FRESH_LANES) {
      const wanted = places[lane]
      if (wanted === undefined) continue
      const found = upstreams.find((each) => each.id === wanted && lanesOf(each).includes(decoder))
      if (found !== undefined) recipe.getState().setPlace(lane, found)
      else missing.push(`${name} was to run on ${wanted}, which is not offered now: it runs on this device.`)
    }
    if (missing.length > 0) notices.getState().tell(missing.join(' '))
  })
}
