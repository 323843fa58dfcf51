import type { Lane, Source } from '../../share/comparison.ts'
import type { LaneStatus } from '../../store/activity.ts'
import type { Knowledge } from '../../trace/knowledge.ts'
import { CloseButton, ForkButton } from '../hands/hands-slot.tsx'
import type { TraceHeader } from '../../trace/trace.ts'
import type { TermId } from '../terms/terms.ts'
import { TermWord } from '../terms/term.tsx'
import { LaneCount } from './lane-count.tsx'
import { describeDecoding } from './lane-description.ts'

const TRUTH: Readonly<Record<Source, string>> = {
  recorded: 'Recorded',
  live: 'Live',
  shared: 'Shared',
  derived: 'Derived',
  illustrative: 'Illustrative',
}

const ACTIVITY: Readonly<Record<LaneStatus, string>> = {
  idle: '',
  loading: 'loading',
  running: 'running',
  done: '',
  stopped: 'stopped',
  failed: 'failed',
}

interface Props {
  readonly id: string
  readonly name: string
  readonly lane: Lane | null
  readonly status: LaneStatus
  /** Whether an engine is at work, for this lane or another. */
  readonly busy: boolean
}

/** Which lane it is, how it decodes, and how far it is. */
export function LaneHeader({ id, name, lane, status, busy }: Props) {
  const waits = status === 'idle' && busy
  const header = lane?.trace?.header ?? null
  return (
    <div className="lane-header">
      <h2>{name}</h2>
      {lane !== null && header !== null && (
        <span className="badge" data-source={lane.source}>
          {truthOf(lane.source, header.knowledge)}
        </span>
      )}
      <span className="lane-decoding">
        {header && <TermWord id={termOf(header)}>{describeDecoding(header)}</TermWord>}
      </span>
      <span className="lane-activity">{waits ? 'waits for its turn' : ACTIVITY[status]}</span>
      {lane !== null && <ForkButton lane={lane} />}
      <LaneCount id={id} trace={lane?.trace ?? null} />
      {lane !== null && <CloseButton lane={lane} />}
    </div>
  )
}

/** The term that says most of how a run decodes. */
function termOf(header: TraceHeader): TermId {
  if (header.decoder === 'autoregressive') return 'kv-cache'
  const { strategy } = header.settings
  return strategy === 'entropy' ? 'entropy-order' : strategy
}

/** The label of a lane's truth. Steps that are read off drafts are derived, whoever sent the drafts. */
function truthOf(source: Source, { steps }: Knowledge): string {
  return steps === 'drafts' && source !== 'derived' ? `${TRUTH[source]} · derived` : TRUTH[source]
}
