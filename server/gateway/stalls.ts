/** Milliseconds between looks at the clock, how late one must be to count, and how long that is remembered. */
const TICK_MS = 50
const LATE_MS = 100
const REMEMBERED_MS = 5_000

export interface Stalls {
  /** Whether this process was kept from its work a moment ago: what came late then is nobody else's fault. */
  lately(): boolean
  stop(): void
}

/** Notices when the event loop stood still, by a clock that comes late. */
export function watchStalls(now: () => number): Stalls {
  let last = now()
  let lastStall = -Infinity
  function look(): void {
    const at = now()
    if (at - last > TICK_MS + LATE_MS) lastStall = at
    last = at
  }
  const timer = setInterval(look, TICK_MS).unref()
  return {
    lately() {
      look()
      return now() - lastStall < REMEMBERED_MS
    },
    stop: () => clearInterval(timer),
  }
}
