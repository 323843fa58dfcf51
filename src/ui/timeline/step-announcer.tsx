import { useEffect, useState } from 'react'
import { useStores } from '../stores-context.ts'
import { stepSentence } from './step-sentence.ts'

/** While it plays, a listener is told at most this often. */
const PAUSE_MS = 2000
/** A moment that is stood on this long is worth telling. */
const REST_MS = 250

/** One spoken sentence a moment, fewer while it plays. */
export function StepAnnouncer() {
  const stores = useStores()
  const [sentence, setSentence] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let toldAt = -Infinity
    const tell = () => {
      timer = undefined
      toldAt = performance.now()
      const { timeline, at } = stores.playback.getState()
      const moment = timeline.moments[at]
      if (moment !== undefined) setSentence(stepSentence(stores.run.getState().shown, timeline, moment))
    }
    const unsubscribe = stores.playback.subscribe((now, before) => {
      if (now.at === before.at || (now.playing && timer !== undefined)) return
      clearTimeout(timer)
      const pause = now.playing ? toldAt + PAUSE_MS - performance.now() : 0
      timer = setTimeout(tell, Math.max(REST_MS, pause))
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [stores])
  return (
    <p className="visually-hidden" role="status">
      {sentence}
    </p>
  )
}
