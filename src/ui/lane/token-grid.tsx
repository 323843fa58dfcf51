import {
  memo,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type SyntheticEvent,
} from 'react'
import { cellTexts } from '../../trace/decode-pieces.ts'
import type { Frame } from '../../trace/frame.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Decoder, Trace } from '../../trace/trace.ts'
import { useInspection, useStores } from '../stores-context.ts'
import { LANE_NAMES } from './lane-names.ts'
import { neighbour } from './neighbour.ts'
import { revisedFrom } from './revised-from.ts'
import { TokenCell } from './token-cell.tsx'

interface Props {
  readonly lane: Decoder
  readonly trace: Trace | null
  readonly frame: Frame | null
  readonly pieces: Pieces | null
  /** Cells that room is kept for. */
  readonly slots: number
}

/** A cell a position, all of one size: nothing moves while tokens change. One cell is in the tab order. */
export const TokenGrid = memo(function TokenGrid({ lane, trace, frame, pieces, slots }: Props) {
  const { inspection } = useStores()
  const pinned = useInspection((state) => (state.pinned?.lane === lane ? state.pinned.position : null))
  const grid = useRef<HTMLDivElement>(null)
  const [entry, setEntry] = useState(0)
  const cells = frame?.cells ?? []
  const texts = useMemo(
    () =>
      trace === null || frame === null || pieces === null
        ? []
        : cellTexts(
            frame.cells.map(({ id }) => id),
            pieces,
            trace.header.vocabulary,
          ),
    [trace, frame, pieces],
  )

  const onPoint = (event: SyntheticEvent) => {
    const cell = cellOf(event.target)
    if (cell !== null) inspection.getState().point({ lane, position: positionOf(cell) })
  }
  const onFocus = (event: FocusEvent) => {
    onPoint(event)
    const cell = cellOf(event.target)
    if (cell !== null) setEntry(positionOf(cell))
  }
  const onClick = (event: SyntheticEvent) => {
    const cell = cellOf(event.target)
    if (cell === null) return
    inspection.getState().pin({ lane, position: positionOf(cell) })
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
      aria-label={`${LANE_NAMES[lane]} tokens`}
      translate="no"
      data-own-keys
      onPointerOver={onPoint}
      onFocus={onFocus}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {cells.map(({ position, state, id, confidence, committedAt, fresh }) => (
        <TokenCell
          key={position}
          position={position}
          state={state}
          text={texts[position] ?? ''}
          isEnd={id === trace?.header.vocabulary.end}
          before={
            // Words leave no room for the ones before them; those stand in the explanation.
            state === 'revised' && trace && trace.header.record === undefined && frame && pieces
              ? revisedFrom(trace, frame.step, position, pieces)
              : ''
          }
          confidence={confidence}
          committedAt={committedAt}
          fresh={fresh}
          pinned={pinned === position}
          inTabOrder={position === Math.min(entry, cells.length - 1)}
        />
      ))}
      {Array.from({ length: Math.max(0, slots - cells.length) }, (_, at) => (
        <span key={`slot ${cells.length + at}`} className="slot" aria-hidden="true" />
      ))}
    </div>
  )
})

function cellOf(target: EventTarget): Element | null {
  return target instanceof Element ? target.closest('[data-position]') : null
}

function positionOf(cell: Element): number {
  return Number(cell.getAttribute('data-position'))
}
