import { useCallback, useLayoutEffect, useRef, type PointerEvent } from 'react'
import type { Lane } from '../../../share/comparison.ts'
import { useStores } from '../../stores-context.ts'
import { useDrawnPlaces, type DrawnPlaces } from '../use-places.ts'
import { createStrip, type Strip } from './draw-strip.ts'

interface Props {
  readonly id: string
  readonly lane: Lane | null
  /** Places that room is kept for. */
  readonly slots: number
}

/** A lane's places from the first to the last, each as wide as all others, in the tint of the text: dragged over, it pins a range. */
export function LaneStrip({ id, lane, slots }: Props) {
  const { inspection } = useStores()
  const root = useRef<HTMLDivElement>(null)
  const strip = useRef<Strip | null>(null)
  useLayoutEffect(() => {
    root.current!.replaceChildren()
    strip.current = createStrip(root.current!)
  }, [])
  const draw = useCallback(
    ({ looks, tints }: DrawnPlaces) =>
      strip.current!.draw(
        // How sure a guess is, is no part of what is done.
        looks.map(({ state }, at) => (state === 'guess' && tints[at]!.startsWith('sure') ? '' : tints[at]!)),
        looks.map(({ fresh }) => fresh),
        slots,
      ),
    [slots],
  )
  useDrawnPlaces(id, lane, draw)

  const positionAt = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const share = (clientX - left) / Math.max(1, width)
    return Math.max(0, Math.min(slots - 1, Math.floor(share * slots)))
  }
  return (
    <div
      ref={root}
      className="strip"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        inspection.setState({ pinned: { lane: id, position: positionAt(event) } })
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0) inspection.getState().extend({ lane: id, position: positionAt(event) })
      }}
    />
  )
}
