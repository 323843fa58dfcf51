import { useCallback, useRef } from 'react'
import type { Trace } from '../../trace/trace.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'

interface Props {
  readonly id: string
  readonly trace: Trace
}

/** What a service tells beside its text: where a draft stands in its own count, and what it thought before. */
export function ServiceNotes({ id, trace }: Props) {
  const place = useRef<HTMLParagraphElement>(null)
  const draw = useCallback(
    ({ step }: LaneMoment) => {
      const draft = trace.steps[step - 1]?.draft
      if (place.current)
        place.current.textContent = draft
          ? `Block ${draft.block + 1}, update ${draft.step} of ${draft.total}`
          : '\u00a0'
    },
    [trace],
  )
  useDrawnLane(id, draw)
  return (
    <>
      {trace.steps.some(({ draft }) => draft) && <p className="draft-place" ref={place} />}
      {trace.summary !== undefined && (
        <details className="summary">
          <summary>What the service says it thought</summary>
          <p translate="no">{trace.summary}</p>
        </details>
      )}
    </>
  )
}
