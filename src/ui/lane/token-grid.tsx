import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { FocusEvent, KeyboardEvent, SyntheticEvent } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { useInspection, useStores } from '../stores-context.ts'
import { cellLooks } from './cell-look.ts'
import { createCells, type Cells } from './draw-cells.ts'
import { frameNow } from './frame-now.ts'
import { neighbour } from './neighbour.ts'
import { addRampLevels } from './ramp-levels.ts'

addRampLevels(document)

interface Props {
  readonly id: string
  readonly name: string
  readonly lane: Lane | null
  /** Cells that room is kept for. */
  readonly slots: number
}

/** The tokens of a lane, drawn past React with every moment of the playhead. One cell is in the tab order. */
export const TokenGrid = memo(function TokenGrid({ id, name, lane, slots }: Props) {
  const { inspection } = useStores()
  const pinned = useInspection((state) => (state.pinned?.lane === id ? state.pinned.position : null))
  const grid = useRef<HTMLDivElement>(null)
  const cells = useRef<Cells | null>(null)

  useLayoutEffect(() => {
    grid.current!.replaceChildren()
    cells.current = createCells(grid.current!)
  }, [])
  const draw = useCallback(
    ({ step }: LaneMoment) => {
      const looks =
        lane === null || lane.trace === null
          ? []
          : cellLooks(frameNow(lane.trace, step), lane.pieces, lane.trace.header)
      cells.current?.draw(looks, slots)
    },
    [lane, slots],
  )
  useDrawnLane(id, draw)
  useEffect(() => cells.current?.press(pinned), [pinned])

  const onPoint = (event: SyntheticEvent) => {
    const cell = cellOf(event.target)
    if (cell !== null) inspection.getState().point({ lane: id, position: positionOf(cell) })
  }
  const onFocus = (event: FocusEvent) => {
    onPoint(event)
    const cell = cellOf(event.target)
    if (cell !== null) cells.current?.enter(positionOf(cell))
  }
  const onClick = (event: SyntheticEvent) => {
    const cell = cellOf(event.target)
    if (cell === null) return
    inspection.getState().pin({ lane: id, position: positionOf(cell) })
    cell.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') inspection.getState().unpin()
    const all = [...(grid.current?.querySelectorAll<HTMLElement>('[data-position]') ?? [])]
    const next = neighbour(all, event.target as HTMLElement, event.key)
    if (next === null) return
    event.preventDefault()
    next.focus()
  }

  return (
    <div
      ref={grid}
      className="tokens"
      role="group"
      aria-label={`${name} tokens`}
      translate="no"
      data-own-keys
      onPointerOver={onPoint}
      onFocus={onFocus}
      onClick={onClick}
      onKeyDown={onKeyDown}
    />
  )
})

function cellOf(target: EventTarget): Element | null {
  return target instanceof Element ? target.closest('[data-position]') : null
}

function positionOf(cell: Element): number {
  return Number(cell.getAttribute('data-position'))
}
