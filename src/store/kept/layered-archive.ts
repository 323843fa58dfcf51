import { answered } from '../../engines/answered.ts'
import type { Archive } from './archive.ts'
import { createMemoryArchive } from './memory-archive.ts'

const UNAVAILABLE =
  'This browser keeps nothing for this page, perhaps because the window is private. Runs last until the page is left; save them as files.'
/** The last run was not kept. */
export const STORAGE_FULL =
  'The storage that this browser gives the page is full: the last run is not kept. Delete some runs, or save it as a file.'

/** Longer than this a browser's storage is not waited for, in milliseconds: some never answer. */
const STORAGE_MS = 4000

const isNamed = (error: unknown, name: string) => error instanceof DOMException && error.name === name

/** What is wrong with the browser's archive after something was done with it; null where nothing is. */
export type OnTrouble = (does: 'read' | 'write', trouble: string | null) => void

/**
 * An archive whose promises never reject: what the browser does not keep lasts until the page is left.
 *
 * @param openArchive the browser's own, asked for again after every failure; given up where it is silent
 */
export function layeredArchive(openArchive: () => Promise<Archive>, onTrouble: OnTrouble): Archive {
  const memory = createMemoryArchive()
  let archive: Promise<Archive> | null = null
  const opened = async <T>(act: (archive: Archive) => Promise<T>): Promise<T> => {
    try {
      return await act(await (archive ??= openArchive()))
    } catch (error) {
      // A page that was put away for a while may find its connection closed.
      if (!isNamed(error, 'InvalidStateError')) throw error
      return act(await (archive = openArchive()))
    }
  }
  const attempt = async <T>(
    does: 'read' | 'write',
    act: (archive: Archive) => Promise<T>,
    otherwise: () => T | Promise<T>,
  ) => {
    try {
      const result = await answered(opened(act), STORAGE_MS)
      onTrouble(does, null)
      return result
    } catch (error) {
      // One that is silent may still open: another would only wait behind it.
      if (!isNamed(error, 'TimeoutError')) archive = null
      onTrouble(does, isNamed(error, 'QuotaExceededError') ? STORAGE_FULL : UNAVAILABLE)
      return otherwise()
    }
  }
  return {
    async list() {
      const kept = await attempt(
        'read',
        (disk) => disk.list(),
        () => [],
      )
      const fleeting = await memory.list()
      const fleetingIds = new Set(fleeting.map(({ id }) => id))
      return [...kept.filter(({ id }) => !fleetingIds.has(id)), ...fleeting]
    },
    async get(id) {
      const fleeting = await memory.get(id)
      if (fleeting !== undefined) return fleeting
      return attempt(
        'read',
        (disk) => disk.get(id),
        () => undefined,
      )
    },
    put: (card, run) =>
      attempt(
        'write',
        async (disk) => {
          await disk.put(card, run)
          await memory.remove([card.id])
        },
        () => memory.put(card, run),
      ),
    async rename(id, name) {
      await memory.rename(id, name)
      await attempt(
        'write',
        (disk) => disk.rename(id, name),
        () => undefined,
      )
    },
    async remove(ids) {
      await memory.remove(ids)
      await attempt(
        'write',
        (disk) => disk.remove(ids),
        () => undefined,
      )
    },
    putFile: (id, text) =>
      attempt(
        'write',
        (disk) => disk.putFile(id, text),
        () => memory.putFile(id, text),
      ),
  }
}
