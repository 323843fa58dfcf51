import { momentAt, seenSpeed, type Timeline } from '../../trace/timeline.ts'

/** A moment of a film by its place on the timeline, and how long it is shown. */
export interface FilmFrame {
  readonly at: number
  /** Milliseconds of the film. */
  readonly delay: number
}

const FRAME_MS = 80
const MOST_FRAMES = 120
/** The first and the last picture stand still for so long. */
const REST_MS = 1500

/** The run as it plays at the speed that can be seen, in at most 121 pictures from its start to its end. */
export function filmOf(timeline: Timeline): FilmFrame[] {
  const last = timeline.moments.length - 1
  const shownMs = timeline.ms / seenSpeed(timeline.ms)
  const frames = Math.max(1, Math.min(MOST_FRAMES, Math.ceil(shownMs / FRAME_MS)))
  return Array.from({ length: frames + 1 }, (_, frame): FilmFrame => {
    if (frame === 0) return { at: 0, delay: REST_MS / 2 }
    if (frame === frames) return { at: last, delay: REST_MS }
    return {
      at: momentAt(timeline, (timeline.ms * frame) / frames),
      delay: Math.round(shownMs / frames),
    }
  })
}
