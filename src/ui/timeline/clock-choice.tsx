import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { CLOCKS, type Clock } from '../../trace/timeline.ts'
import { usePlayback, useRun, useStores } from '../stores-context.ts'

const NAMES: Readonly<Record<Clock, string>> = {
  time: 'time',
  passes: 'forward passes',
  share: 'share done',
}

/** What all lanes have in common while the playhead moves. */
export function ClockChoice() {
  const { playback } = useStores()
  const clock = usePlayback((state) => state.clock)
  const count = useRun(({ shown }) => shown?.lanes.length ?? 2)
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
            {NAMES[id]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
