/** Steps can come faster than a screen can show them: at most one drawing a frame. */
const FRAME_MS = 16

export interface Frames {
  /** Draws now, or with the next drawing if the last one was within this frame; `last` draws whatever the time. */
  draw(draw: () => void, last: boolean): void
  /** Draws what is still to be drawn. */
  flush(): void
}

/** @param now a clock in milliseconds; only differences count */
export function oncePerFrame(now: () => number): Frames {
  let drawnAt = -Infinity
  let waiting: (() => void) | null = null
  const flush = () => {
    const draw = waiting
    waiting = null
    draw?.()
  }
  return {
    draw(draw, last) {
      waiting = draw
      if (!last && now() - drawnAt < FRAME_MS) return
      flush()
      drawnAt = now()
    },
    flush,
  }
}
