import { Button } from 'react-aria-components/Button'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { usePlayback, useRun, useStores } from '../stores-context.ts'

/** The playhead of both lanes: play it, drag it. */
export function Transport() {
  const { playback } = useStores()
  const last = useRun(({ shown }) => shown?.traces.diffusion?.steps.length ?? 0)
  const step = usePlayback((state) => state.step)
  const locked = usePlayback((state) => state.locked)
  const playing = usePlayback((state) => state.playing)
  const goTo = (value: number | number[]) => {
    playback.getState().pause()
    playback.getState().goTo(Number(value))
  }
  return (
    <section className="transport" aria-label="Timeline">
      <Button
        className="play-button"
        aria-label={playing ? 'Pause' : 'Play'}
        isDisabled={last === 0 || locked}
        onPress={() => playback.getState().toggle()}
      >
        <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path
            d={playing ? 'M5 4h3.5v12H5zM11.5 4H15v12h-3.5z' : 'M6 3.5v13l10.5-6.5z'}
            fill="currentColor"
          />
        </svg>
      </Button>
      <Slider
        className="step-slider"
        minValue={0}
        maxValue={Math.max(1, last)}
        value={step}
        isDisabled={last === 0 || locked}
        onChange={goTo}
      >
        <Label className="visually-hidden">Step</Label>
        <SliderTrack className="step-track">
          <div className="step-fill" style={{ width: `${(100 * step) / Math.max(1, last)}%` }} />
          <SliderThumb className="step-thumb" />
        </SliderTrack>
      </Slider>
      <p className="step-count">
        <b>{step}</b> / {last}
      </p>
    </section>
  )
}
