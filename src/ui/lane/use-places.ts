import { useCallback } from 'react'
import type { Lane } from '../../share/comparison.ts'
import { passesInAll } from '../../trace/passes-in-all.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { EditChange } from '../../trace/trace.ts'
import { standingAt } from '../hands/standing-at.ts'
import { useDrawnLane, type LaneMoment } from '../lane-step.ts'
import { useHands, useRun, useView } from '../stores-context.ts'
import { tintClass } from '../tint/tint.ts'
import type { CellLook } from './cell-look.ts'
import { kinOf, looksNow } from './looks-now.ts'

/** What is drawn of a lane's places at a moment, by whatever view. */
export interface DrawnPlaces {
  readonly step: number
  readonly looks: readonly CellLook[]
  /** The class that tints each of them. */
  readonly tints: readonly string[]
  /** What a person has changed here and not gone on from yet. */
  readonly changes: readonly EditChange[]
  /** Of all tokens that are drawn. */
  readonly pieces: Pieces
}

const NOTHING = { looks: [], tints: [], changes: [], pieces: () => new Uint8Array() }

/**
 * Draws a lane's places past React, with every moment of the playhead and in the tint that is chosen.
 *
 * @param draw changes where it draws something else
 */
export function useDrawnPlaces(id: string, lane: Lane | null, draw: (now: DrawnPlaces) => void): void {
  const tint = useView((state) => state.tint)
  const draft = useHands(({ drafts }) => drafts[id])
  const kin = useRun(({ shown }) => kinOf(shown, id))
  const drawMoment = useCallback(
    ({ step }: LaneMoment) => {
      if (lane === null || lane.trace === null) return draw({ ...NOTHING, step })
      const { trace, pieces, step: at, changes } = standingAt({ ...lane, trace: lane.trace }, step, draft)
      const looks = looksNow({ trace, pieces }, at, kin)
      const passes = passesInAll(lane.trace)
      draw({ step, looks, tints: looks.map((look) => tintClass(look, tint, passes)), changes, pieces })
    },
    [lane, kin, tint, draft, draw],
  )
  useDrawnLane(id, drawMoment)
}
