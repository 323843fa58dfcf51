import { useCallback, useRef } from 'react'
import { wordsOf } from '../../trace/knowledge.ts'
import { passesAt } from '../../trace/passes-at.ts'
import type { Trace } from '../../trace/trace.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'

/** How far a lane is: "29 of 56 passes", past React. */
export function LaneCount({ id, trace }: { readonly id: string; readonly trace: Trace | null }) {
  const count = useRef<HTMLSpanElement>(null)
  const draw = useCallback(
    ({ step }: LaneMoment) => {
      if (count.current === null) return
      const words = trace && wordsOf(trace.header.knowledge)
      const last = trace === null ? 0 : passesAt(trace, trace.steps.length)
      const unit = words === null ? '' : words.pass === 'update' ? 'update' : 'pass'
      const units = unit === 'pass' ? 'passes' : 'updates'
      count.current.textContent =
        trace === null || last === 0 ? '' : `${passesAt(trace, step)} of ${last} ${last === 1 ? unit : units}`
    },
    [trace],
  )
  useDrawnLane(id, draw)
  return <span ref={count} className="lane-count" />
}
