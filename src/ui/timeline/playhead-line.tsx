import { useEffect, useRef } from 'react'
import { useStores } from '../stores-context.ts'

/** Moves with the playhead, past React: it changes with every frame. */
export function PlayheadLine() {
  const { playback, run } = useStores()
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = () => {
      const last = run.getState().shown?.traces.diffusion?.steps.length ?? 0
      const share = last === 0 ? 0 : playback.getState().step / last
      line.current?.style.setProperty('--share', String(share))
    }
    place()
    const subscriptions = [playback.subscribe(place), run.subscribe(place)]
    return () => subscriptions.forEach((unsubscribe) => unsubscribe())
  }, [playback, run])
  return <div ref={line} className="playhead-line" />
}
