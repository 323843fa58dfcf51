/** What a file may hold at most. */
export const IMPORT_LIMITS = {
  /** UTF-16 units of the text. */
  characters: 10_000_000,
  positions: 4096,
  steps: 8192,
} as const
