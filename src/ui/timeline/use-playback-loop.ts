import { useEffect } from 'react'
import { usePlayback, useStores } from '../stores-context.ts'

/** Lets the playhead move with the screen's frames while it plays. */
export function usePlaybackLoop(): void {
  const { playback } = useStores()
  const playing = usePlayback((state) => state.playing)
  useEffect(() => {
    if (!playing) return
    let before: number | null = null
    let request = requestAnimationFrame(function frame(now) {
      if (before !== null) playback.getState().advance(now - before)
      before = now
      request = requestAnimationFrame(frame)
    })
    return () => cancelAnimationFrame(request)
  }, [playback, playing])
}
