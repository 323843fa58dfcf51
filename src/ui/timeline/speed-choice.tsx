import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { SPEEDS } from '../../store/playback.ts'
import { usePlayback, useStores } from '../stores-context.ts'

export function SpeedChoice() {
  const { playback } = useStores()
  const speed = usePlayback((state) => state.speed)
  return (
    <ToggleButtonGroup
      className="choice"
      aria-label="Speed"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[speed]}
      onSelectionChange={([key]) => playback.getState().setSpeed(Number(key))}
    >
      {SPEEDS.map((value) => (
        <ToggleButton key={value} id={value}>
          {value}×
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
