import type { StoreApi } from 'zustand/vanilla'
import { isBusy } from './activity.ts'
import type { RunState } from './run.ts'

/** A run that the page was left in the middle of. */
export interface Unfinished {
  /** Of the kept run; empty before its first step. */
  readonly id: string
  readonly prompt: string
}

const KEY = 'diffuscope-unfinished'

/** What belongs to this tab alone and lives through a reload; null where the browser has none. */
type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null

/** The run that this tab was computing when it was left, if any; it is told once. */
export function takeUnfinished(storage: TabStorage): Unfinished | null {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null')
    storage?.removeItem(KEY)
    if (typeof value !== 'object' || value === null) return null
    const { id, prompt } = value as Partial<Unfinished>
    return typeof id === 'string' && typeof prompt === 'string' ? { id, prompt } : null
  } catch {
    return null
  }
}

/** Writes down which run is going, and strikes it out when it ends. */
export function noteUnfinished(run: StoreApi<RunState>, prompt: () => string, storage: TabStorage): void {
  let noted: string | null = null
  run.subscribe(({ shown, activity }) => {
    // Until the first step of a new run the run before it is still shown.
    const begun =
      activity.kind === 'running' &&
      (activity.decoder === 'autoregressive' || shown?.traces.diffusion?.status === 'running')
    const id = begun && shown?.source === 'live' ? (shown.recordedAt ?? '') : ''
    const next = isBusy(activity) ? JSON.stringify({ id, prompt: prompt() }) : null
    if (next === noted) return
    noted = next
    try {
      if (next === null) storage?.removeItem(KEY)
      else storage?.setItem(KEY, next)
    } catch {
      // Without storage a reload loses the run; the page says elsewhere that nothing is kept.
    }
  })
}
