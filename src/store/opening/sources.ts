import type { Comparison } from '../../share/comparison.ts'
import type { OpenedLink } from '../../share/link/from-shared.ts'

/** A comparison from a file, and what the file did not hold, a sentence each. */
export interface ReadFile {
  readonly comparison: Comparison
  readonly notes: readonly string[]
}

/** What the page fetches to show something. Each promise rejects where its own code or data can't be fetched. */
export interface Sources {
  /** A recording that ships with the page, by its name; without one, that which the page opens with. */
  recording(name?: string): Promise<Comparison>
  /** What a hash holds, or a sentence that says why it cannot be shown. */
  readLink(hash: string): Promise<OpenedLink | string>
  /** What the text of a file holds, or such a sentence. */
  readText(text: string): Promise<ReadFile | string>
  /** Whether recordings stand still, at their end. */
  isStill(): boolean
}
