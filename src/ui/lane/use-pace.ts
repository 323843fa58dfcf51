import { useCallback, useRef, type RefObject } from 'react'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { createPace } from './pace.ts'

/** Marks a lane's element while its passes come too quickly to glow: the style sheet tints them plainly then. */
export function usePace(id: string, root: RefObject<HTMLElement | null>): void {
  const pace = useRef(createPace())
  const stood = useRef(-1)
  const follow = useCallback(
    ({ step }: LaneMoment) => {
      if (step === stood.current) return
      stood.current = step
      root.current?.toggleAttribute('data-quick', pace.current(performance.now()))
    },
    [root],
  )
  useDrawnLane(id, follow)
}
