import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Comparison } from '../../share/comparison.ts'
import type { OpenedLink } from '../../share/link/from-shared.ts'
import { runIdOf } from '../at-rest.ts'
import type { RunState } from '../run.ts'

/** A comparison that came by a link. */
export interface Opened extends OpenedLink {
  /** The link, as the address holds it: `#c3.…`. */
  readonly hash: string
}

export interface OpenedState {
  /** Stays while its recipe runs here, until something else is shown. */
  readonly opened: Opened | null
  /** The run of the same recipe on this device, which begins when it is asked for. */
  readonly live: Comparison | null
  setOpened(opened: Opened): void
  /** Says that the run of this id is one of the recipe of what was opened. */
  expectLive(id: string | null): void
  /** Gives the reader what the teacher's link hid. */
  showControls(): void
}

/** Keeps what was opened beside the run of its recipe, and forgets both when something else is shown. */
export function createOpenedStore(run: StoreApi<RunState>): StoreApi<OpenedState> {
  let liveId: string | null = null
  const store = createStore<OpenedState>()((set) => ({
    opened: null,
    live: null,
    setOpened(opened) {
      liveId = null
      set({ opened, live: null })
    },
    expectLive: (id) => (liveId = id),
    showControls: () =>
      set(({ opened }) =>
        opened === null ? {} : { opened: { ...opened, teacher: { ...opened.teacher, hideControls: false } } },
      ),
  }))
  run.subscribe(({ shown }) => {
    const { opened, live } = store.getState()
    if (opened === null || shown === null || shown === opened.comparison || shown === live) return
    if (liveId !== null && runIdOf(shown) === liveId) store.setState({ live: shown })
    else store.setState({ opened: null, live: null })
  })
  return store
}
