import { useEffect, useRef, useSyncExternalStore, type PointerEvent } from 'react'
import { positionsOf } from '../../trace/positions-of.ts'
import { onThemeChange, shownTheme } from '../header/theme.ts'
import { useRun, useStores } from '../stores-context.ts'
import { confidenceColours } from './confidence-colours.ts'
import { drawHeat } from './draw-heat.ts'
import { PlayheadLine } from './playhead-line.tsx'

/** Confidence of every position (downwards) in every step (rightwards); a commit is a bright mark. */
export function HeatStrip() {
  const { playback } = useStores()
  const trace = useRun(({ shown }) => shown?.traces.diffusion ?? null)
  const theme = useSyncExternalStore(onThemeChange, shownTheme)
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const draw = () => {
      const { width, height } = element.getBoundingClientRect()
      element.width = Math.round(width * devicePixelRatio)
      element.height = Math.round(height * devicePixelRatio)
      const context = element.getContext('2d')
      if (context !== null) drawHeat(context, trace, confidenceColours(element))
    }
    const observer = new ResizeObserver(draw)
    observer.observe(element)
    return () => observer.disconnect()
  }, [trace, theme])

  const isText = trace?.header.record !== undefined
  const scrub = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    playback.getState().pause()
    playback.getState().goTo(Math.ceil(((event.clientX - left) / width) * (trace?.steps.length ?? 0)))
  }
  return (
    <figure className="heat">
      <p className="heat-axis" aria-hidden="true">
        <span>1</span>
        <span>{trace === null ? '' : positionsOf(trace)}</span>
      </p>
      <div
        className="heat-map"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          scrub(event)
        }}
        onPointerMove={scrub}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={
            isText
              ? 'Diffusion: where text came, downwards, with every update, rightwards'
              : 'Diffusion: confidence of every position, downwards, in every step, rightwards'
          }
        />
        <PlayheadLine />
      </div>
      <p className="heat-scale" aria-hidden="true" style={{ visibility: isText ? 'hidden' : 'visible' }}>
        <span>sure</span>
        <span>unsure</span>
      </p>
      <figcaption>
        {isText
          ? 'Each mark is a piece of text (down) that came or changed with an update (right). How sure the model was is not known.'
          : 'Confidence at every position (down) in every step (right). Each row ends in a mark where its token was committed.'}
      </figcaption>
    </figure>
  )
}
