import './states.css'
import './motion.css'
import './strip.css'
// Behind the looks of states: what is picked is framed whatever its state.
import './text.css'
import './print.css'
import { memo, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { Lane } from '../../../share/comparison.ts'
import { isStill, laidText, roomOf, type WidthOf } from '../../../trace/text/laid-text.ts'
import type { Trace } from '../../../trace/trace.ts'
import { useInspection, useView } from '../../stores-context.ts'
import { useDrawnPlaces, type DrawnPlaces } from '../use-places.ts'
import { usePicking } from '../use-picking.ts'
import { createText, type TextMarks } from './draw-text.ts'
import { textMeasure } from './measure-text.ts'

interface Props {
  readonly id: string
  readonly name: string
  readonly lane: Lane | null
}

/**
 * A lane as one text that fills in, drawn past React with every moment of the playhead. A run that has ended is laid
 * out once, for all of its steps; one that grows is laid out anew with each.
 */
export const TextLane = memo(function TextLane({ id, name, lane }: Props) {
  const picked = useInspection((state) => (state.pinned?.lane === id ? state.pinned : null))
  const blanks = useView((state) => state.blanks)
  const root = useRef<HTMLDivElement>(null)
  const text = useRef<TextMarks | null>(null)
  const measure = useRef<WidthOf | null>(null)
  const laid = useRef<Trace | null>(null)
  const edited = useRef<DrawnPlaces['changes'] | null>(null)
  const picking = usePicking(id, (position) => text.current?.enter(position))

  useLayoutEffect(() => {
    root.current!.replaceChildren()
    const style = getComputedStyle(root.current!)
    measure.current = textMeasure(style.fontFamily, style.getPropertyValue('--mono'))
    text.current = createText(root.current!, measure.current)
    laid.current = null
  }, [])
  const draw = useCallback(
    ({ step, looks, tints, changes, pieces }: DrawnPlaces) => {
      const trace = lane?.trace ?? null
      if (trace !== laid.current || changes !== edited.current || (trace !== null && !isStill(trace))) {
        const layout =
          lane === null || trace === null
            ? { places: [], rightToLeft: false }
            : laidText(trace, pieces, step, changes)
        text.current!.layOut(layout, roomOf(layout, measure.current!))
        laid.current = trace
        edited.current = changes
      }
      // Between fixed text nothing is written at an end.
      const hasEnd = trace?.header.canvas === undefined
      const open = hasEnd && trace?.header.decoder === 'autoregressive' && step < trace.steps.length
      text.current!.draw(looks, tints, open || (hasEnd && trace?.status === 'running' && open !== false))
    },
    [lane],
  )
  useDrawnPlaces(id, lane, draw)
  useEffect(() => text.current?.press(picked?.position ?? null, picked?.to ?? null), [picked])

  return (
    <div
      ref={root}
      className="answer-text"
      role="group"
      aria-label={`${name} text`}
      translate="no"
      data-own-keys
      data-live={lane?.trace?.status === 'running' || undefined}
      data-show-blanks={blanks || undefined}
      {...picking}
    />
  )
})
