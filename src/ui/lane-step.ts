import { useLayoutEffect } from 'react'
import { useStore } from 'zustand'
import type { Comparison } from '../share/comparison.ts'
import type { Moment, Timeline } from '../trace/timeline.ts'
import { useRun, useStores } from './stores-context.ts'

/** Where a lane stands among the lanes, and so among the steps of a moment; -1 where it isn't shown. */
function placeOf(shown: Comparison | null, id: string): number {
  return shown?.lanes.findIndex((lane) => lane.id === id) ?? -1
}

/** The step that a lane shows now. */
export function useLaneStep(id: string): number {
  const place = useRun(({ shown }) => placeOf(shown, id))
  return useStore(useStores().playback, ({ timeline, at }) => timeline.moments[at]?.steps[place] ?? 0)
}

/** A place of the playhead as one lane sees it. */
export interface LaneMoment {
  readonly step: number
  readonly timeline: Timeline
  readonly moment: Moment
  /** The lane's place among the lanes. */
  readonly place: number
}

/**
 * Draws past React what changes with the playhead: `draw` is called now, whenever it is another function, and at
 * every moment that the playhead comes to.
 */
export function useDrawnLane(id: string, draw: (now: LaneMoment) => void): void {
  const { playback, run } = useStores()
  useLayoutEffect(() => {
    const drawNow = () => {
      const { timeline, at } = playback.getState()
      const moment = timeline.moments[at]
      const place = placeOf(run.getState().shown, id)
      if (moment !== undefined) draw({ step: moment.steps[place] ?? 0, timeline, moment, place })
    }
    drawNow()
    return playback.subscribe((now, before) => {
      if (now.at !== before.at || now.timeline !== before.timeline) drawNow()
    })
  }, [playback, run, id, draw])
}
