import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { TokenPlace } from '../../store/inspection.ts'

/** Between a place and what stands beside it, in pixels. */
const GAP = 10
/** What is narrower shows a sheet at its foot. */
const SHEET = '(max-width: 720px)'

/** The element of a place; null where it isn't drawn. */
function elementOf({ lane, position, to }: TokenPlace): Element | null {
  return document.querySelector(`[data-lane="${lane}"] [data-position="${to ?? position}"]`)
}

/**
 * Stands a panel beside a place: under its text where there is room, or else under or over its line, within the page's
 * width. On a phone the style sheet makes a sheet of it.
 *
 * @param content changes where the panel's height may change
 * @returns for the panel's element
 */
export function useBeside(place: TokenPlace | null, content: unknown): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = panel.current
    const target = place && elementOf(place)
    if (element === null || !target) return
    const stand = () => {
      if (matchMedia(SHEET).matches) {
        element.removeAttribute('style')
        return
      }
      const { left, top, bottom } = target.getBoundingClientRect()
      const { width, height } = element.getBoundingClientRect()
      const { clientWidth, clientHeight } = document.documentElement
      const text = target.parentElement!.getBoundingClientRect()
      element.style.left = `${scrollX + Math.max(8, Math.min(left - 16, clientWidth - width - 8))}px`
      // Under the whole text, where there is room: then all of it stays to be read.
      if (text.bottom + height <= clientHeight) {
        element.style.top = `${scrollY + text.bottom}px`
        return
      }
      const under = bottom + GAP + height <= clientHeight || top < height
      element.style.top = `${scrollY + (under ? bottom + GAP : top - GAP - height)}px`
    }
    stand()
    addEventListener('resize', stand)
    return () => removeEventListener('resize', stand)
  }, [place, content])
  return panel
}
