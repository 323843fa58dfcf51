/** Passes that come sooner after each other than this would flash: more than five a second. */
const CALM_MS = 200

/**
 * Tells of each moment at which a lane changes whether it came too soon after the one before for a glow. It goes by
 * what the eye gets: a replay, a run that goes, a key held down, a slider dragged.
 */
export function createPace(): (nowMs: number) => boolean {
  let before = -Infinity
  return (nowMs) => {
    const isQuick = nowMs - before < CALM_MS
    before = nowMs
    return isQuick
  }
}
