import { useCallback } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { passesInAll } from '../../trace/passes-in-all.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { useStores, useView } from '../stores-context.ts'
import { tintClass } from '../tint/tint.ts'
import type { CellLook } from './cell-look.ts'
import { looksNow, parentTexts } from './looks-now.ts'

/** What is drawn of a lane's places at a moment, by whatever view. */
export interface DrawnPlaces {
  readonly step: number
  readonly looks: readonly CellLook[]
  /** The class that tints each of them. */
  readonly tints: readonly string[]
}

/**
 * Draws a lane's places past React, with every moment of the playhead and in the tint that is chosen.
 *
 * @param draw changes where it draws something else
 */
export function useDrawnPlaces(id: string, lane: Lane | null, draw: (now: DrawnPlaces) => void): void {
  const { run } = useStores()
  const tint = useView((state) => state.tint)
  const drawMoment = useCallback(
    ({ step }: LaneMoment) => {
      if (lane === null || lane.trace === null) return draw({ step, looks: [], tints: [] })
      const looks = looksNow(lane, step, parentTexts(run.getState().shown, id))
      const passes = passesInAll(lane.trace)
      draw({ step, looks, tints: looks.map((look) => tintClass(look, tint, passes)) })
    },
    [id, lane, run, tint, draw],
  )
  useDrawnLane(id, drawMoment)
}
