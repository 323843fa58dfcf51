import type { StoreApi } from 'zustand/vanilla'
import { openingOf } from '../../store/opening/address.ts'
import type { OpeningState } from '../../store/opening/opening.ts'

/**
 * Opens what the address names, now and whenever it changes, on the way back and forward too; and lets it name what
 * is shown. A new entry in the history for everything that is opened; what cannot be shown leaves none.
 *
 * @param atLoad how the address is opened first
 */
export function followAddress(
  opening: StoreApi<OpeningState>,
  atLoad: Parameters<OpeningState['open']>[1],
): void {
  let followed = location.hash
  const write = ({ address, replaces }: Pick<OpeningState, 'address' | 'replaces'>) => {
    // Somebody has gone on already, and the event that says so is on its way.
    if (address === location.hash || location.hash !== followed) return
    const here = location.pathname + location.search + address
    if (replaces) history.replaceState(null, '', here)
    else history.pushState(null, '', here)
    followed = location.hash
  }
  opening.subscribe((now, before) => {
    if (now.address !== before.address) write(now)
  })
  const open = async (manner: typeof atLoad) => {
    followed = location.hash
    const outcome = await opening.getState().open(openingOf(location.hash), manner)
    if (outcome === 'failed') write({ ...opening.getState(), replaces: true })
  }
  addEventListener('hashchange', () => void open({}))
  void open(atLoad)
}
