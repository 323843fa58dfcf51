import './lane.css'
import { memo, useRef } from 'react'
import { isBusy, laneStatus } from '../../store/activity.ts'
import { isText } from '../../trace/knowledge.ts'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useRun, useView } from '../stores-context.ts'
import { CellsView } from './cells-view.tsx'
import { HandsSlot } from '../hands/hands-slot.tsx'
import { LaneHeader } from './lane-header.tsx'
import type { Pane } from './panes.ts'
import { LaneStrip } from './text/lane-strip.tsx'
import { PickedStatus } from './text/picked-status.tsx'
import { TextLane } from './text/text-lane.tsx'
import { usePace } from './use-pace.ts'

const ServiceNotes = lazyPart(async () => (await import('./service-notes.tsx')).ServiceNotes)
const Measures = lazyPart(async () => (await import('./lane-measures.tsx')).LaneMeasures)

interface Props extends Pane {
  /** Whether it stands among many: then it says the essential only. */
  readonly compact: boolean
}

/** One decoder's run: its text as it fills in, or its cells, who computed it, and its clocks. */
export const Lane = memo(function Lane({ id, name, decoder, lane, accent, slots, compact }: Props) {
  const trace = lane?.trace ?? null
  const status = useRun(({ activity }) => laneStatus(lane ?? { id, trace, source: 'live' }, activity))
  const busy = useRun(({ activity }) => isBusy(activity))
  const view = useView((state) => state.view)
  const knowledge = trace?.header.knowledge
  const root = useRef<HTMLElement>(null)
  usePace(id, root)
  return (
    <section
      ref={root}
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
      <div className="lane-head">
        <LaneHeader id={id} name={name} lane={lane} status={status} busy={busy} />
        {lane !== null && <HandsSlot lane={lane} />}
      </div>
      {view === 'text' ? (
        <div className="lane-text">
          <TextLane id={id} name={name} lane={lane} />
          <PickedStatus id={id} lane={lane} />
        </div>
      ) : (
        <CellsView id={id} name={name} lane={lane} slots={slots} />
      )}
      <LaneStrip id={id} lane={lane} slots={slots} />
      <div className="measures">
        <Measures id={id} trace={trace} />
        {trace && knowledge && isText(knowledge) && <ServiceNotes id={id} trace={trace} />}
      </div>
    </section>
  )
})
