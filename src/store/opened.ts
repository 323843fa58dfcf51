import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TeacherFlags } from '../share/link/shared-comparison.ts'
import type { RunState } from './run.ts'
import type { Shown } from './shown.ts'

/** A comparison that came by a link. */
interface Opened {
  readonly shown: Shown
  /** Step of the diffusion lane that the sender looked at. */
  readonly playhead: number
  readonly caption: string
  readonly teacher: TeacherFlags
}

export interface OpenedState {
  /** Stays while its recipe runs here, until something else is shown. */
  readonly opened: Opened | null
  /** The run of the same recipe on this device. */
  readonly live: Shown | null
  /** A sentence about a link, a file or the storage that the person should read. */
  readonly notice: string | null
  /** Whether an address is being read: nothing else is shown by itself meanwhile. */
  readonly reading: boolean
  setReading(reading: boolean): void
  setOpened(opened: Opened): void
  tell(notice: string | null): void
  /** Gives the reader what the teacher's link hid. */
  showControls(): void
}

/** Keeps what was opened beside the run of its recipe, and forgets both when something else is shown. */
export function createOpenedStore(run: StoreApi<RunState>, reading: boolean): StoreApi<OpenedState> {
  const store = createStore<OpenedState>()((set) => ({
    opened: null,
    live: null,
    notice: null,
    reading,
    setReading: (reading) => set({ reading }),
    setOpened: (opened) => set({ opened, live: null }),
    tell: (notice) => set({ notice }),
    showControls: () =>
      set(({ opened }) =>
        opened === null ? {} : { opened: { ...opened, teacher: { ...opened.teacher, hideControls: false } } },
      ),
  }))
  run.subscribe(({ shown }) => {
    const { opened, live } = store.getState()
    if (opened === null || shown === null || shown === opened.shown || shown === live) return
    if (isRunOf(opened.shown, shown)) store.setState({ live: shown })
    else store.setState({ opened: null, live: null })
  })
  return store
}

function isRunOf(opened: Shown, shown: Shown): boolean {
  const recipe = ({ prompt, traces }: Shown) =>
    JSON.stringify([prompt, Object.entries(traces.diffusion?.header.settings ?? {}).sort()])
  return shown.source === 'live' && recipe(opened) === recipe(shown)
}
