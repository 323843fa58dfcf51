import './timeline.css'
import { Button } from 'react-aria-components/Button'
import { usePlayback, useStores } from '../stores-context.ts'
import { MomentSlider } from './moment-slider.tsx'
import { PlayheadCount } from './playhead-count.tsx'

/** The playhead of all lanes: play it, drag it. */
export function Transport() {
  const { playback } = useStores()
  const last = usePlayback(({ timeline }) => timeline.moments.length - 1)
  const locked = usePlayback((state) => state.locked)
  const playing = usePlayback((state) => state.playing)
  const disabled = last === 0 || locked
  return (
    <section className="transport" aria-label="Timeline">
      <Button
        className="play-button"
        aria-label={playing ? 'Pause' : 'Play'}
        isDisabled={disabled}
        onPress={() => playback.getState().toggle()}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path
            d={playing ? 'M5 4h3.5v12H5zM11.5 4H15v12h-3.5z' : 'M6 3.5v13l10.5-6.5z'}
            fill="currentColor"
          />
        </svg>
      </Button>
      <MomentSlider last={last} disabled={disabled} />
      <PlayheadCount />
    </section>
  )
}
