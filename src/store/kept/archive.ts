import type { StrategyName } from '../../core/strategies/strategy-of.ts'

/** A lane of a kept run, in the numbers that its list shows. */
export interface SavedLane {
  readonly name: string
  /** Null where nothing is denoised. */
  readonly strategy: StrategyName | null
  /** Forward passes, or updates of a service. */
  readonly passes: number
  /** Milliseconds on its own clock; 0 where they are not known. */
  readonly ms: number
}

/** What the list of one's own runs shows. */
export interface SavedRun {
  /** When the run began, ISO 8601: no two runs of a browser share it. */
  readonly id: string
  /** Given by the person; the prompt until then. */
  readonly name: string
  readonly prompt: string
  readonly device: string
  /** Absent in what was kept before lanes were counted. */
  readonly lanes?: readonly SavedLane[]
}

/** Where runs are kept, and the files that were opened last. Every promise rejects where the browser keeps nothing. */
export interface Archive {
  list(): Promise<readonly SavedRun[]>
  /** A run, or the text of a file; undefined where there is none of that id. */
  get(id: string): Promise<unknown>
  /** Keeps a run, or its later state; a name that was given stays. */
  put(card: SavedRun, run: unknown): Promise<void>
  rename(id: string, name: string): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  /** Keeps the text of a file, and lets go of all but the newest `FILES`. */
  putFile(id: string, text: string): Promise<void>
}

/** Files have slots of their own: they are in no list, and only the newest stay. */
export const FILE_ID = 'file-'
export const FILES = 5
