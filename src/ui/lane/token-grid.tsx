import './token.css'
import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { useInspection } from '../stores-context.ts'
import { createCells, type Cells } from './draw-cells.ts'
import { usePicking } from './use-picking.ts'
import { useDrawnPlaces, type DrawnPlaces } from './use-places.ts'

interface Props {
  readonly id: string
  readonly name: string
  readonly lane: Lane | null
  /** Cells that room is kept for. */
  readonly slots: number
}

/** The tokens of a lane as cells, drawn past React with every moment of the playhead. One cell is in the tab order. */
export const TokenGrid = memo(function TokenGrid({ id, name, lane, slots }: Props) {
  const picked = useInspection((state) => (state.pinned?.lane === id ? state.pinned : null))
  const grid = useRef<HTMLDivElement>(null)
  const cells = useRef<Cells | null>(null)
  const picking = usePicking(id, (position) => cells.current?.enter(position))

  useLayoutEffect(() => {
    grid.current!.replaceChildren()
    cells.current = createCells(grid.current!)
  }, [])
  const draw = useCallback(
    ({ looks, tints }: DrawnPlaces) => cells.current!.draw(looks, tints, slots),
    [slots],
  )
  useDrawnPlaces(id, lane, draw)
  useEffect(() => cells.current?.press(picked?.position ?? null, picked?.to ?? null), [picked])

  return (
    <div
      ref={grid}
      className="tokens"
      role="group"
      aria-label={`${name} tokens`}
      translate="no"
      data-own-keys
      {...picking}
    />
  )
})
