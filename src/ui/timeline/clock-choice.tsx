import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { Lane } from '../../share/comparison.ts'
import { wordsOf } from '../../trace/knowledge.ts'
import { CLOCKS, type Clock } from '../../trace/timeline.ts'
import { usePlayback, useRun, useStores } from '../stores-context.ts'

const NAMES: Readonly<Record<Exclude<Clock, 'passes'>, string>> = { time: 'time', share: 'share done' }

/** What the lanes are counted by: forward passes of a loop, updates of a service's text, or one beside the other. */
function countedBy(lanes: readonly Lane[] = []): string {
  const names = lanes.flatMap(({ trace }) => (trace ? [wordsOf(trace.header.knowledge).passes] : []))
  return [...new Set(names)].sort().join(' and ') || 'forward passes'
}

/** What all lanes have in common while the playhead moves. */
export function ClockChoice() {
  const { playback } = useStores()
  const clock = usePlayback((state) => state.clock)
  const count = useRun(({ shown }) => shown?.lanes.length ?? 2)
  const counted = useRun(({ shown }) => countedBy(shown?.lanes))
  return (
    <div className="clock">
      <span id="clock-name">
        {count === 1 ? 'Moves by' : count === 2 ? 'Both at the same' : 'All at the same'}
      </span>
      <ToggleButtonGroup
        className="choice"
        aria-labelledby="clock-name"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[clock]}
        onSelectionChange={([key]) => playback.getState().setClock(key as Clock)}
      >
        {CLOCKS.map((id) => (
          <ToggleButton key={id} id={id}>
            {id === 'passes' ? counted : NAMES[id]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
