import { useCallback, useRef } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'

/** Moves with the playhead over the steps of a lane, past React: it changes with every frame. */
export function PlayheadLine({ lane }: { readonly lane: Lane | null }) {
  const line = useRef<HTMLDivElement>(null)
  const last = lane?.trace?.steps.length ?? 0
  const draw = useCallback(
    ({ step }: LaneMoment) =>
      line.current?.style.setProperty('--share', String(last === 0 ? 0 : Math.min(1, step / last))),
    [last],
  )
  useDrawnLane(lane?.id ?? '', draw)
  return <div ref={line} className="playhead-line" />
}
