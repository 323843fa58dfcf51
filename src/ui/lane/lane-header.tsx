import type { LaneStatus } from '../../store/activity.ts'
import type { Source } from '../../store/shown.ts'
import type { Decoder, Trace } from '../../trace/trace.ts'
import { describeDecoding, describeModel } from './lane-description.ts'
import { LANE_NAMES } from './lane-names.ts'

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

/** Who computed this lane, where, and how fast. */
export function LaneHeader({
  lane,
  trace,
  source,
  status,
  busy,
}: {
  readonly lane: Decoder
  readonly trace: Trace | null
  readonly source: Source | null
  readonly status: LaneStatus
  /** Whether the engine is at work, for this lane or the other. */
  readonly busy: boolean
}) {
  const waits = status === 'idle' && busy
  return (
    <div className="lane-header">
      <h2>{LANE_NAMES[lane]}</h2>
      {source !== null && trace !== null && (
        <span className="badge" data-source={source}>
          {TRUTH[source]}
          {trace.header.record === 'drafts' && source !== 'derived' && ' · derived'}
        </span>
      )}
      <span className="lane-decoding">{trace && describeDecoding(trace.header)}</span>
      <span className="lane-activity">{waits ? 'waits for its turn' : ACTIVITY[status]}</span>
      <p className="lane-model" translate="no">
        {trace === null ? '\u00a0' : describeModel(trace.header)}
      </p>
    </div>
  )
}
