import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { speedOf } from '../../store/playback.ts'
import { speedsFor } from '../../trace/timeline.ts'
import { usePlayback, useStores } from '../stores-context.ts'
import { speedLabel, speedWords } from './speed-words.ts'

/** The speeds that make sense for what is shown; 1× is the one at which it ran. */
export function SpeedChoice() {
  const { playback } = useStores()
  const ms = usePlayback(({ timeline }) => timeline.ms)
  const speed = usePlayback(speedOf)
  // A speed that was chosen for another run stays to be seen.
  const offered = [...new Set([...speedsFor(ms), speed])].sort((a, b) => a - b)
  return (
    <ToggleButtonGroup
      className="choice"
      aria-label="Speed"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[String(speed)]}
      onSelectionChange={([key]) => playback.getState().setSpeed(Number(key))}
    >
      {offered.map((value) => (
        <ToggleButton
          key={value}
          id={String(value)}
          aria-label={`${speedLabel(value)}, ${speedWords(value)}`}
        >
          {speedLabel(value)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
