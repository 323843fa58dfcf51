/** What a comparison that comes from elsewhere may hold at most, in a file or in a link of the version that is written. */
export const LIMITS = {
  positions: 4096,
  /** Of a lane. */
  steps: 8192,
  /** Of a lane: a few canvases of a model that throws every place anew in every step. */
  commits: 2 ** 18,
  /** UTF-16 units of what a service says that it thought: of a lane in a file. */
  summary: 100_000,
  /** Bytes of one token's text. */
  pieceBytes: 255,
  /** Largest token id. */
  id: 2 ** 24,
  /** Ids of a prompt, and ids that are never chosen. */
  ids: 2 ** 17,
} as const
