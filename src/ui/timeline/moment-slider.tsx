import type { CSSProperties } from 'react'
import { usePlayback, useRun, useStores } from '../stores-context.ts'
import { placeWords } from './playhead-words.ts'

interface Props {
  /** Index of the last moment. */
  readonly last: number
  readonly disabled: boolean
}

/** The moments at which some lane changes, one place each. */
export function MomentSlider({ last, disabled }: Props) {
  const { playback } = useStores()
  const lanes = useRun(({ shown }) => shown?.lanes)
  const timeline = usePlayback((state) => state.timeline)
  const at = usePlayback((state) => state.at)
  const moment = timeline.moments[at]
  const goTo = (place: number) => {
    playback.getState().pause()
    playback.getState().goTo(place)
  }
  return (
    <input
      className="step-slider"
      type="range"
      aria-label="Step"
      aria-valuetext={
        lanes === undefined || moment === undefined ? undefined : placeWords(lanes, timeline, moment)
      }
      min={0}
      max={Math.max(1, last)}
      value={at}
      disabled={disabled}
      onChange={({ target }) => goTo(Number(target.value))}
      style={{ '--share': at / Math.max(1, last) } as CSSProperties}
    />
  )
}
