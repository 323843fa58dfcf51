/** What the number of WASM threads depends on. */
export interface ThreadFacts {
  /** Shared memory needs cross-origin isolation. */
  readonly isolated: boolean
  readonly cores: number
  readonly userAgent: string
  readonly touchPoints: number
}

const MOST = 4

/** iPads say they are Macs, but no Mac has a touch screen. */
function isIos({ userAgent, touchPoints }: ThreadFacts): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)
}

/** How many threads WASM may use. iOS fails on the large shared memories that more than one takes. */
export function wasmThreads(facts: ThreadFacts): number {
  if (!facts.isolated || isIos(facts)) return 1
  return Math.max(1, Math.min(MOST, facts.cores))
}
