import { createStore, type StoreApi } from 'zustand/vanilla'

/** How the page is shown to many: larger, without controls, the verdict held back. */
export interface PresenterState {
  readonly on: boolean
  /** Whether the verdict was asked for since the last prompt. */
  readonly verdict: boolean
  setOn(on: boolean): void
  /** Shows the verdict, or holds it back. */
  showVerdict(verdict: boolean): void
}

export function createPresenterStore(): StoreApi<PresenterState> {
  return createStore<PresenterState>()((set) => ({
    on: false,
    verdict: false,
    setOn: (on) => set({ on, verdict: false }),
    showVerdict: (verdict) => set({ verdict }),
  }))
}
