import { createStore, type StoreApi } from 'zustand/vanilla'

/** A position of a lane. */
export interface TokenPlace {
  /** The lane's id. */
  readonly lane: string
  readonly position: number
}

/** Which token is asked about: the pinned one, or else the one pointed at last. */
export interface InspectionState {
  readonly pointed: TokenPlace | null
  readonly pinned: TokenPlace | null
  point(place: TokenPlace): void
  /** Pins a place; pinning it again lets it go. */
  pin(place: TokenPlace): void
  unpin(): void
  clear(): void
}

function samePlace(one: TokenPlace | null, other: TokenPlace | null): boolean {
  return one?.lane === other?.lane && one?.position === other?.position
}

export function createInspectionStore(): StoreApi<InspectionState> {
  return createStore<InspectionState>()((set) => ({
    pointed: null,
    pinned: null,
    point: (place) => set((now) => (samePlace(now.pointed, place) ? now : { pointed: place })),
    pin: (place) =>
      set(({ pinned }) => ({ pinned: samePlace(pinned, place) ? null : place, pointed: place })),
    unpin: () => set({ pinned: null }),
    clear: () => set({ pinned: null, pointed: null }),
  }))
}
