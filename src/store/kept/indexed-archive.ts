import { openDB, type DBSchema } from 'idb'
import { FILE_ID, FILES, type Archive, type SavedRun } from './archive.ts'

interface Schema extends DBSchema {
  /** What the list shows, apart from the runs themselves, which are large. */
  cards: { key: string; value: SavedRun }
  runs: { key: string; value: unknown }
}

/** Runs kept in this browser. Rejects where the browser keeps nothing for the page. */
export async function openArchive(): Promise<Archive> {
  const database = await openDB<Schema>('diffuscope', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('cards', { keyPath: 'id' })
      fresh.createObjectStore('runs')
    },
    // Another tab has a newer page, whose storage is of another form: this one lets it go.
    blocking: (_now, _newer, { target }) => (target as IDBDatabase).close(),
  })
  return {
    list: () => database.getAll('cards'),
    get: (id) => database.get('runs', id),
    async put(card, run) {
      const write = database.transaction(['cards', 'runs'], 'readwrite')
      const named = await write.objectStore('cards').get(card.id)
      await Promise.all([
        write.objectStore('cards').put({ ...card, name: named?.name ?? card.name }),
        write.objectStore('runs').put(run, card.id),
        write.done,
      ])
    },
    async rename(id, name) {
      const write = database.transaction('cards', 'readwrite')
      const card = await write.store.get(id)
      if (card !== undefined) await write.store.put({ ...card, name })
      await write.done
    },
    async remove(ids) {
      const write = database.transaction(['cards', 'runs'], 'readwrite')
      await Promise.all([
        ...ids.flatMap((id) => [write.objectStore('cards').delete(id), write.objectStore('runs').delete(id)]),
        write.done,
      ])
    },
    async putFile(id, text) {
      const write = database.transaction('runs', 'readwrite')
      const files = await write.store.getAllKeys(IDBKeyRange.bound(FILE_ID, `${FILE_ID}\uffff`))
      const old = [...files, id].sort().slice(0, -FILES)
      await Promise.all([
        write.store.put(text, id),
        ...old.map((each) => write.store.delete(each)),
        write.done,
      ])
    },
  }
}
