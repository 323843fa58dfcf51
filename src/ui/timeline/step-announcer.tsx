import { useEffect, useState } from 'react'
import type { Stores } from '../../store/stores.ts'
import { measure } from '../../trace/measure.ts'
import { useStores } from '../stores-context.ts'

/** While it plays, a listener is told at most this often. */
const PAUSE_MS = 2000
/** A step that is stood on this long is worth telling. */
const REST_MS = 250

function sentenceOf({ run, playback }: Stores): string {
  const trace = run.getState().shown?.traces.diffusion
  if (!trace) return ''
  const { step } = playback.getState()
  if (trace.header.record !== undefined) {
    const changed = trace.steps[step - 1]?.commits.length ?? 0
    return `Update ${step} of ${trace.steps.length}: ${changed} pieces of text changed`
  }
  const { masked } = measure(trace, step)
  const committed = trace.header.settings.answerLength - masked
  return `Step ${step} of ${trace.steps.length}: ${committed} committed, ${masked} masked`
}

/** One spoken sentence a step, fewer while it plays. */
export function StepAnnouncer() {
  const stores = useStores()
  const [sentence, setSentence] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let toldAt = -Infinity
    const tell = () => {
      timer = undefined
      toldAt = performance.now()
      setSentence(sentenceOf(stores))
    }
    const unsubscribe = stores.playback.subscribe((now, before) => {
      if (now.step === before.step || (now.playing && timer !== undefined)) return
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
