import { useRef } from 'react'
import type { FocusEvent, KeyboardEvent, MouseEvent, SyntheticEvent } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { InspectionState } from '../../store/inspection.ts'
import { useStores } from '../stores-context.ts'
import { neighbour } from './neighbour.ts'

interface Handlers {
  readonly onPointerDown: (event: SyntheticEvent) => void
  readonly onPointerOver: (event: SyntheticEvent) => void
  readonly onPointerLeave: () => void
  readonly onFocus: (event: FocusEvent) => void
  readonly onBlur: () => void
  readonly onClick: (event: MouseEvent<HTMLElement>) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/**
 * How places of a lane are picked, in cells and in text: pointing asks about one, a click or Enter pins it, arrows walk,
 * Shift and dragging pin a range.
 *
 * @param enter puts a place in the tab order
 */
export function usePicking(id: string, enter: (position: number) => void): Handlers {
  const { inspection } = useStores()
  const pressed = useRef<HTMLElement | null>(null)
  const placeOf = (element: Element) => ({ lane: id, position: positionOf(element) })
  const point = (event: SyntheticEvent) => {
    const element = elementOf(event.target)
    if (element !== null) inspection.getState().point(placeOf(element))
  }
  return {
    onPointerDown: (event) => {
      pressed.current = elementOf(event.target)
    },
    onPointerOver: point,
    onPointerLeave: () => inspection.getState().point(null),
    onBlur: () => inspection.getState().point(null),
    onFocus: (event) => {
      const element = elementOf(event.target)
      if (element === null) return
      enter(positionOf(element))
      inspection.getState().point({ ...placeOf(element), isFocused: true })
    },
    onClick: (event) => {
      // After a drag it is a click on what both places are in.
      const under = document.elementFromPoint(event.clientX, event.clientY)
      const element = elementOf(event.target) ?? (under && elementOf(under))
      if (element === null || !event.currentTarget.contains(element)) return
      const from = pressed.current
      pressed.current = null
      if (from !== null && from !== element && event.currentTarget.contains(from)) {
        return pinRange(inspection, id, [positionOf(from), positionOf(element)])
      }
      if (event.shiftKey) {
        getSelection()?.removeAllRanges()
        inspection.getState().extend(placeOf(element))
      } else inspection.getState().pin(placeOf(element))
      element.scrollIntoView({ block: 'nearest' })
    },
    onKeyDown: (event) => {
      if (event.key === 'Escape') inspection.getState().unpin()
      const element = elementOf(event.target)
      if (element === null) return
      if (event.key === 'Enter' || event.key === ' ') {
        // A button presses itself.
        if (element instanceof HTMLButtonElement) return
        event.preventDefault()
        return inspection.getState().pin(placeOf(element))
      }
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-position]')]
      const next = neighbour(all, element, event.key, event.currentTarget.dir === 'rtl')
      if (next === null) return
      event.preventDefault()
      if (event.shiftKey) {
        const { pinned, pin, extend } = inspection.getState()
        if (pinned?.lane !== id) pin(placeOf(element))
        extend(placeOf(next))
      }
      next.focus()
    },
  }
}

function pinRange(
  inspection: StoreApi<InspectionState>,
  lane: string,
  [from, to]: readonly [number, number],
) {
  inspection.setState({ pinned: { lane, position: from, to }, pointed: { lane, position: to } })
}

function elementOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-position]') : null
}

function positionOf(element: Element): number {
  return Number(element.getAttribute('data-position'))
}
