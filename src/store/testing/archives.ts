import type { Archive } from '../kept/archive.ts'
import { createMemoryArchive } from '../kept/memory-archive.ts'

/** An archive as a browser has one, which fails with what `state.refuse` holds. */
export function refusingArchive() {
  const disk = createMemoryArchive()
  const state = { refuse: null as unknown }
  const check = () => (state.refuse === null ? Promise.resolve() : Promise.reject(state.refuse as Error))
  const archive: Archive = {
    list: () => check().then(disk.list),
    get: (id) => check().then(() => disk.get(id)),
    put: (card, run) => check().then(() => disk.put(card, run)),
    rename: (id, name) => check().then(() => disk.rename(id, name)),
    remove: (ids) => check().then(() => disk.remove(ids)),
    putFile: (id, text) => check().then(() => disk.putFile(id, text)),
  }
  return { archive, state }
}

/** Storage that lives as long as a tab. */
export function tabStorage() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
