import { useMemo } from 'react'
import { isBusy, laneStatus } from '../../store/activity.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { positionsOf } from '../../trace/positions-of.ts'
import type { Decoder } from '../../trace/trace.ts'
import { useLaneStep } from '../lane-step.ts'
import { useRecipe, useRun } from '../stores-context.ts'
import { AnswerText } from './answer-text.tsx'
import { LaneHeader } from './lane-header.tsx'
import { LaneMeasures } from './lane-measures.tsx'
import { LANE_NAMES } from './lane-names.ts'
import { TokenGrid } from './token-grid.tsx'

/** One decoder's run: who computed it, its tokens, its text and its clocks. */
export function Lane({ lane }: { readonly lane: Decoder }) {
  const shown = useRun((state) => state.shown)
  const status = useRun((state) => laneStatus(state.shown, state.activity, lane))
  const busy = useRun((state) => isBusy(state.activity))
  const planned = useRecipe((state) => state.settings.answerLength)
  const step = useLaneStep(lane)
  const trace = shown?.traces[lane] ?? null
  const frame = useMemo(() => (trace === null ? null : frameAt(trace, step)), [trace, step])
  const other = shown?.traces.diffusion ?? null
  const whole = trace ?? (other?.header.record === undefined ? other : null)
  const slots = whole === null ? planned : positionsOf(whole)
  return (
    <section
      className="lane"
      aria-label={LANE_NAMES[lane]}
      data-lane={lane}
      data-status={status}
      data-source={shown?.source}
      data-record={trace?.header.record}
    >
      <LaneHeader lane={lane} trace={trace} source={shown?.source ?? null} status={status} busy={busy} />
      <TokenGrid lane={lane} trace={trace} frame={frame} pieces={shown?.pieces ?? null} slots={slots} />
      <AnswerText trace={trace} frame={frame} pieces={shown?.pieces ?? null} />
      <LaneMeasures trace={trace} step={step} />
    </section>
  )
}
