import { useEffect, useRef, useSyncExternalStore, type PointerEvent } from 'react'
import { leaderOf, type Lane } from '../../share/comparison.ts'
import type { Knowledge } from '../../trace/knowledge.ts'
import { positionsOf } from '../../trace/positions-of.ts'
import { onThemeChange, shownTheme } from '../header/theme.ts'
import { accentOf } from '../lane/accent.ts'
import { useRun, useStores } from '../stores-context.ts'
import { confidenceColours } from './confidence-colours.ts'
import { drawHeat } from './draw-heat.ts'
import { PlayheadLine } from './playhead-line.tsx'

type Shows = Pick<Knowledge, 'steps' | 'confidence'>

/** What the strip shows, for listeners and beside it. */
function wordsOf({ steps, confidence }: Shows): { readonly label: string; readonly caption: string } {
  if (steps !== 'pass') {
    return {
      label: 'where text came, downwards, with every update, rightwards',
      caption:
        'Each mark is a piece of text (down) that came or changed with an update (right). How sure the model was is not known.',
    }
  }
  if (!confidence) {
    return {
      label: 'where tokens were committed, downwards, in every step, rightwards',
      caption:
        'Each mark is a token (down) that was committed in a step (right). How sure the model was is not known.',
    }
  }
  return {
    label: 'confidence of every position, downwards, in every step, rightwards',
    caption:
      'Confidence at every position (down) in every step (right). Each row ends in a mark where its token was committed.',
  }
}

const USUAL: Shows = { steps: 'pass', confidence: true }

/** Confidence of every position (downwards) in every step (rightwards) of the leading lane; a commit is a bright mark. */
export function HeatStrip() {
  const { playback, run } = useStores()
  const lanes = useRun(({ shown }) => shown?.lanes)
  const leader = useRun(({ shown }) => leaderOf(shown))
  const trace = leader?.trace ?? null
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

  const scrub = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const step = Math.ceil(((event.clientX - left) / width) * (trace?.steps.length ?? 0))
    const { pause, goToSteps } = playback.getState()
    pause()
    goToSteps(run.getState().shown?.lanes.map(({ id }) => (id === leader?.id ? step : null)) ?? [])
  }
  const { label, caption } = wordsOf(trace?.header.knowledge ?? USUAL)
  return (
    <figure className="heat" data-accent={leader ? accentOf(lanes ?? [], leader) : 1}>
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
        <canvas ref={canvas} role="img" aria-label={`${nameOf(leader)}: ${label}`} />
        <PlayheadLine lane={leader} />
      </div>
      <p
        className="heat-scale"
        aria-hidden="true"
        style={{ visibility: trace?.header.knowledge.confidence === false ? 'hidden' : 'visible' }}
      >
        <span>sure</span>
        <span>unsure</span>
      </p>
      <figcaption>{caption}</figcaption>
    </figure>
  )
}

function nameOf(lane: Lane | null): string {
  return lane?.name ?? 'Diffusion'
}
