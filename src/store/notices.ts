import { createStore, type StoreApi } from 'zustand/vanilla'

export interface NoticesState {
  /** A sentence about a link, a file or the storage that the person should read; null when there is none. */
  readonly notice: string | null
  tell(notice: string | null): void
}

export function createNoticesStore(): StoreApi<NoticesState> {
  return createStore<NoticesState>()((set) => ({ notice: null, tell: (notice) => set({ notice }) }))
}
