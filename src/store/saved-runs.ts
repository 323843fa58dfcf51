import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Comparison } from '../share/comparison.ts'
import { decodeComparison, encodeComparison } from '../share/comparison-file.ts'
import { isBusy } from './activity.ts'
import { answered } from '../engines/answered.ts'
import { comparisonOf } from './comparison-of.ts'
import type { RunState } from './run.ts'
import type { Shown } from './shown.ts'

/** What the list of one's own runs shows. */
export interface SavedRun {
  /** When the run began, ISO 8601: no two runs of a browser share it. */
  readonly id: string
  /** Given by the person; the prompt until then. */
  readonly name: string
  readonly prompt: string
  readonly device: string
}

/** Where runs are kept. Every promise rejects where the browser keeps nothing. */
export interface Archive {
  list(): Promise<readonly SavedRun[]>
  get(id: string): Promise<unknown>
  /** Keeps a run, or its later state; a name that was given stays. */
  put(card: SavedRun, run: unknown): Promise<void>
  rename(id: string, name: string): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

export interface SavedState {
  /** Newest first. */
  readonly runs: readonly SavedRun[]
  /** Why nothing is kept, as a sentence; null while all is well. */
  readonly trouble: string | null
  refresh(): Promise<void>
  /** Null, with a sentence in `trouble`, where it cannot be read. */
  open(id: string): Promise<Comparison | null>
  rename(id: string, name: string): Promise<void>
  remove(ids: readonly string[]): Promise<void>
}

const UNAVAILABLE =
  'This browser keeps nothing for this page, perhaps because the window is private. Runs last until the page is left; save them as files.'
/** The last run was not kept. */
export const STORAGE_FULL =
  'The storage that this browser gives the page is full: the last run is not kept. Delete some runs, or save it as a file.'

/** A growing run is kept so often, in milliseconds: that much is lost at most when the page is left. */
const PAUSE_MS = 500

/** Longer than this a browser's storage is not waited for, in milliseconds: some never answer. */
const STORAGE_MS = 4000

/** Candidates kept a position: what the panel that explains a token shows. */
const CANDIDATES = 5

const isNamed = (error: unknown, name: string) => error instanceof DOMException && error.name === name

export function createSavedStore(
  run: StoreApi<RunState>,
  openArchive: () => Promise<Archive>,
  now: () => number,
): StoreApi<SavedState> {
  let archive: Promise<Archive> | null = null
  const store = createStore<SavedState>()((set, get) => {
    const opened = async <T>(act: (archive: Archive) => Promise<T>): Promise<T> => {
      try {
        return await act(await (archive ??= openArchive()))
      } catch (error) {
        // A page that was put away for a while may find its connection closed.
        if (!isNamed(error, 'InvalidStateError')) throw error
        return act(await (archive = openArchive()))
      }
    }
    /** Does something with the archive; what goes wrong becomes a sentence. A full storage can still be read. */
    const attempt = async <T>(does: 'read' | 'write', act: (archive: Archive) => Promise<T>) => {
      try {
        const result = await answered(opened(act), STORAGE_MS)
        set(({ trouble }) => ({ trouble: does === 'read' && trouble === STORAGE_FULL ? trouble : null }))
        return result
      } catch (error) {
        // One that is silent may still open: another would only wait behind it.
        if (!isNamed(error, 'TimeoutError')) archive = null
        set({ trouble: isNamed(error, 'QuotaExceededError') ? STORAGE_FULL : UNAVAILABLE })
        return null
      }
    }
    const refresh = async () => {
      const runs = await attempt('read', (kept) => kept.list())
      if (runs !== null) set({ runs: runs.toSorted((a, b) => (a.id < b.id ? 1 : -1)) })
    }
    const keep = async (shown: Shown) => {
      const comparison = comparisonOf(shown)
      if (comparison === null) return
      const { prompt, recordedAt: id, diffusion } = comparison
      const card = { id, name: prompt, prompt, device: diffusion.header.device.label }
      await attempt('write', (kept) =>
        kept.put(card, encodeComparison(comparison, { candidates: CANDIDATES })),
      )
    }

    let kept: Shown | null = null
    let keptAt = -Infinity
    run.subscribe(({ shown, activity }) => {
      if (shown === null || shown.source !== 'live' || shown === kept) return
      if (isBusy(activity) && now() - keptAt < PAUSE_MS) return
      kept = shown
      keptAt = now()
      void keep(shown)
    })

    return {
      runs: [],
      trouble: null,
      refresh,
      async open(id) {
        const value = await attempt('read', (kept) => kept.get(id))
        if (value === null || value === undefined) return null
        const decoded = decodeComparison(value)
        if (decoded.ok) return decoded.comparison
        set({ trouble: decoded.message })
        return null
      },
      async rename(id, name) {
        const card = get().runs.find((run) => run.id === id)
        await attempt('write', (kept) =>
          kept.rename(id, name.trim() === '' ? (card?.prompt ?? name) : name.trim()),
        )
        await refresh()
      },
      async remove(ids) {
        await attempt('write', (kept) => kept.remove(ids))
        await refresh()
      },
    }
  })
  return store
}
