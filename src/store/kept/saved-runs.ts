import { createStore, type StoreApi } from 'zustand/vanilla'
import { leaderOf, type Comparison } from '../../share/comparison.ts'
import { decodeComparison, encodeComparison } from '../../share/comparison-file.ts'
import { CANDIDATES_KEPT } from '../../trace/candidates-kept.ts'
import { isBusy } from '../activity.ts'
import { atRest, runIdOf } from '../at-rest.ts'
import type { RunState } from '../run.ts'
import { FILE_ID, type Archive, type SavedRun } from './archive.ts'
import { layeredArchive, STORAGE_FULL } from './layered-archive.ts'
import { savedLaneOf } from './saved-lane.ts'

/** What was deleted, as long as it can be brought back. */
interface Deleted {
  readonly card: SavedRun
  readonly run: unknown
}

export interface SavedState {
  /** Newest first. */
  readonly runs: readonly SavedRun[]
  /** Why nothing is kept, as a sentence; null while all is well. */
  readonly trouble: string | null
  /** What was deleted last. */
  readonly deleted: readonly Deleted[]
  refresh(): Promise<void>
  /** A run that was kept, or a sentence that says why there is none. */
  open(id: string): Promise<Comparison | string>
  rename(id: string, name: string): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  /** Brings back what was deleted last. */
  undo(): Promise<void>
  /** Keeps the text of a file that was opened, and gives the id that it has from then on. */
  keepFile(text: string): Promise<string>
  /** The text of a file that was opened; a sentence in `complaint` where it is not kept any more. */
  file(id: string): Promise<{ readonly text: string } | { readonly complaint: string }>
}

export interface SavedDependencies {
  readonly run: StoreApi<RunState>
  readonly openArchive: () => Promise<Archive>
  /** A clock in milliseconds; only differences count. */
  readonly now: () => number
  /** The date, ISO 8601; the device's own if left out. */
  readonly today?: () => string
  /** Is told, as a sentence, that the storage is full. */
  readonly tell: (sentence: string) => void
}

const NOT_KEPT =
  'This browser does not keep that any more. Run the prompt again, or open its file or its link.'

/** A growing run is kept so often, in milliseconds: that much is lost at most when the page is left. */
const PAUSE_MS = 500

export function createSavedStore(dependencies: SavedDependencies): StoreApi<SavedState> {
  const { openArchive, tell, today = () => new Date().toISOString() } = dependencies
  return createStore<SavedState>()((set, get) => {
    const archive = layeredArchive(openArchive, (does, trouble) => {
      const before = get().trouble
      // A full storage can still be read.
      if (does === 'read' && trouble === null && before === STORAGE_FULL) return
      set({ trouble })
      if (does === 'write' && trouble === STORAGE_FULL && trouble !== before) tell(trouble)
    })
    keepRuns(dependencies, archive)

    const refresh = async () => {
      const runs = await archive.list()
      set({ runs: runs.toSorted((a, b) => (a.id < b.id ? 1 : -1)) })
    }
    return {
      runs: [],
      trouble: null,
      deleted: [],
      refresh,
      async open(id) {
        const value = await archive.get(id)
        if (value === undefined) return get().trouble ?? NOT_KEPT
        const decoded = decodeComparison(value)
        return decoded.ok ? decoded.comparison : decoded.message
      },
      async rename(id, name) {
        const card = get().runs.find((run) => run.id === id)
        await archive.rename(id, name.trim() === '' ? (card?.prompt ?? name) : name.trim())
        await refresh()
      },
      async remove(ids) {
        const cards = get().runs.filter(({ id }) => ids.includes(id))
        const deleted = await Promise.all(
          cards.map(async (card) => ({ card, run: await archive.get(card.id) })),
        )
        await archive.remove(ids)
        set({ deleted })
        await refresh()
      },
      async undo() {
        const { deleted } = get()
        set({ deleted: [] })
        for (const { card, run } of deleted) await archive.put(card, run)
        await refresh()
      },
      async keepFile(text) {
        const id = `${FILE_ID}${today()}`
        await archive.putFile(id, text)
        return id
      },
      async file(id) {
        const text = await archive.get(id)
        return typeof text === 'string' ? { text } : { complaint: get().trouble ?? NOT_KEPT }
      },
    }
  })
}

/** Keeps every run of this page while it grows and as it ends. */
function keepRuns({ run, now }: SavedDependencies, archive: Archive): void {
  let kept: Comparison | null = null
  let keptAt = -Infinity
  run.subscribe(({ shown, activity }) => {
    const id = runIdOf(shown)
    if (shown === null || id === null || shown === kept) return
    if (isBusy(activity) && kept?.recordedAt === id && now() - keptAt < PAUSE_MS) return
    kept = shown
    keptAt = now()
    void keep(shown, id)
  })
  const keep = async (shown: Comparison, id: string) => {
    const comparison = atRest(shown)
    if (comparison === null) return
    const { prompt, lanes } = comparison
    const device = leaderOf(comparison)?.trace?.header.device.label ?? ''
    const card = { id, name: prompt, prompt, device, lanes: lanes.flatMap(savedLaneOf) }
    await archive.put(card, encodeComparison(comparison, { candidates: CANDIDATES_KEPT }))
  }
}
