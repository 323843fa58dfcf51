import { createStore, type StoreApi } from 'zustand/vanilla'

/** The captions that lead through the picture. */
export interface TourState {
  /** Which caption is shown, from 0; null where none is. */
  readonly at: number | null
  /** Whether it drives the picture: one that opened by itself does so from the first "Next" on. */
  readonly drives: boolean
  /** @param drives whether somebody asked for it */
  open(drives: boolean): void
  /** The caption at a place. */
  goTo(at: number): void
  close(): void
}

export function createTourStore(): StoreApi<TourState> {
  return createStore<TourState>()((set) => ({
    at: null,
    drives: false,
    open: (drives) => set({ at: 0, drives }),
    goTo: (at) => set({ at, drives: true }),
    close: () => set({ at: null }),
  }))
}
