import type { StoreApi } from 'zustand'
import type { TourState } from '../../store/tour.ts'

const KEY = 'diffuscope-tour'
/** The address that opens the captions. */
const ADDRESS = '#tour'

/**
 * Opens the captions on the first visit, beside what plays, and wherever the address asks for them; remembers that they
 * were closed.
 *
 * @param storage null where it is closed to the page: then they open when they are asked for, and not before
 */
export function openOnFirstVisit(tour: StoreApi<TourState>, storage: Storage | null, hash: string): void {
  const isAsked = hash === ADDRESS
  if (isAsked || (hash === '' && storage !== null && storage.getItem(KEY) === null))
    tour.getState().open(isAsked)
  addEventListener('hashchange', () => {
    if (location.hash === ADDRESS) tour.getState().open(true)
  })
  tour.subscribe(({ at }) => {
    if (at !== null) return
    try {
      storage?.setItem(KEY, 'seen')
    } catch {
      // Then they open once more.
    }
  })
}
