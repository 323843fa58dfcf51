import { FILE_ID, FILES, type Archive, type SavedRun } from './archive.ts'

/** What the browser does not keep, until the page is left. */
export function createMemoryArchive(): Archive {
  const cards = new Map<string, SavedRun>()
  const runs = new Map<string, unknown>()
  const remove = (ids: readonly string[]) => {
    for (const id of ids) {
      cards.delete(id)
      runs.delete(id)
    }
    return Promise.resolve()
  }
  return {
    list: () => Promise.resolve([...cards.values()]),
    get: (id) => Promise.resolve(runs.get(id)),
    put(card, run) {
      cards.set(card.id, { ...card, name: cards.get(card.id)?.name ?? card.name })
      runs.set(card.id, run)
      return Promise.resolve()
    },
    rename(id, name) {
      const card = cards.get(id)
      if (card !== undefined) cards.set(id, { ...card, name })
      return Promise.resolve()
    },
    remove,
    putFile(id, text) {
      runs.set(id, text)
      const files = [...runs.keys()].filter((key) => key.startsWith(FILE_ID)).sort()
      return remove(files.slice(0, -FILES))
    },
  }
}
