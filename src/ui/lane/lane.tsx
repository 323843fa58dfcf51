import './lane.css'
import './token.css'
import { memo } from 'react'
import { isBusy, laneStatus } from '../../store/activity.ts'
import { isText } from '../../trace/knowledge.ts'
import { useRun } from '../stores-context.ts'
import { AnswerText } from './answer-text.tsx'
import { LaneHeader } from './lane-header.tsx'
import { LaneMeasures } from './lane-measures.tsx'
import type { Pane } from './panes.ts'
import { ServiceNotes } from './service-notes.tsx'
import { TokenGrid } from './token-grid.tsx'

interface Props extends Pane {
  /** Whether it stands among many: then it says the essential only. */
  readonly compact: boolean
}

/** One decoder's run: who computed it, its tokens, its text and its clocks. */
export const Lane = memo(function Lane({ id, name, decoder, lane, accent, slots, compact }: Props) {
  const trace = lane?.trace ?? null
  const status = useRun(({ activity }) => laneStatus(lane ?? { id, trace, source: 'live' }, activity))
  const busy = useRun(({ activity }) => isBusy(activity))
  const knowledge = trace?.header.knowledge
  return (
    <section
      className="lane"
      aria-label={name}
      data-lane={id}
      data-decoder={decoder}
      data-parent={lane?.parent?.lane}
      data-accent={accent}
      data-compact={compact || undefined}
      data-status={status}
      data-source={lane?.source}
      data-record={knowledge && isText(knowledge) ? knowledge.steps : undefined}
    >
      <LaneHeader name={name} lane={lane} status={status} busy={busy} />
      <TokenGrid id={id} name={name} lane={lane} slots={slots} />
      <AnswerText id={id} lane={lane} />
      {knowledge && isText(knowledge) && <ServiceNotes id={id} trace={trace} />}
      <LaneMeasures key={compact ? 'few' : 'all'} id={id} trace={trace} compact={compact} />
    </section>
  )
})
