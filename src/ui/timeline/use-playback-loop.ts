import { useEffect } from 'react'
import { usePlayback, useStores } from '../stores-context.ts'

/**
 * Longest time that counts between two frames, in milliseconds: a page that was hidden, or brought back from the
 * history, gets none for as long as nobody watches.
 */
const LONGEST_FRAME_MS = 250

/** Lets the playhead move with the screen's frames while it plays. */
export function usePlaybackLoop(): void {
  const { playback } = useStores()
  const playing = usePlayback((state) => state.playing)
  useEffect(() => {
    if (!playing) return
    let before: number | null = null
    let request = requestAnimationFrame(function frame(now) {
      if (before !== null) playback.getState().advance(Math.min(now - before, LONGEST_FRAME_MS))
      before = now
      request = requestAnimationFrame(frame)
    })
    return () => cancelAnimationFrame(request)
  }, [playback, playing])
}
