import { createStore, type StoreApi } from 'zustand/vanilla'

/** A position of a lane, or a range of them. */
export interface TokenPlace {
  /** The lane's id. */
  readonly lane: string
  readonly position: number
  /** The other end of a range, on either side; absent where one position is meant. */
  readonly to?: number
  /** Whether the keyboard is there: then a listener is told of it. */
  readonly isFocused?: true
}

/** Which token is asked about: the pinned one, or else the one pointed at last. */
export interface InspectionState {
  readonly pointed: TokenPlace | null
  readonly pinned: TokenPlace | null
  /** Null where nothing is pointed at any more. */
  point(place: TokenPlace | null): void
  /** Pins a place; pinning it again lets it go. */
  pin(place: TokenPlace): void
  /** Pins all places from the pinned one to this; where none of the lane is pinned, this one alone. */
  extend(place: TokenPlace): void
  unpin(): void
  clear(): void
}

function samePlace(one: TokenPlace | null, other: TokenPlace | null): boolean {
  return (
    one?.lane === other?.lane &&
    one?.position === other?.position &&
    one?.to === other?.to &&
    one?.isFocused === other?.isFocused
  )
}

export function createInspectionStore(): StoreApi<InspectionState> {
  return createStore<InspectionState>()((set) => ({
    pointed: null,
    pinned: null,
    point: (place) => set((now) => (samePlace(now.pointed, place) ? now : { pointed: place })),
    pin: (place) =>
      set(({ pinned }) => ({ pinned: samePlace(pinned, place) ? null : place, pointed: place })),
    extend: (place) =>
      set(({ pinned }) => ({
        pinned: pinned?.lane === place.lane ? { ...pinned, to: place.position } : place,
        pointed: place,
      })),
    unpin: () => set({ pinned: null }),
    clear: () => set({ pinned: null, pointed: null }),
  }))
}
