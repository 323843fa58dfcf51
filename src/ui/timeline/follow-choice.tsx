import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import type { FollowRule } from '../../trace/follow.ts'
import { usePlayback, useStores } from '../stores-context.ts'

const RULES: Readonly<Record<FollowRule, string>> = {
  time: 'time',
  passes: 'forward passes',
  share: 'share done',
}

/** What both lanes have in common while the playhead moves. */
export function FollowChoice() {
  const { playback } = useStores()
  const rule = usePlayback((state) => state.rule)
  return (
    <div className="follow">
      <span id="follow-rule">Both at the same</span>
      <ToggleButtonGroup
        className="choice"
        aria-labelledby="follow-rule"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[rule]}
        onSelectionChange={([key]) => playback.getState().setRule(key as FollowRule)}
      >
        {Object.entries(RULES).map(([id, name]) => (
          <ToggleButton key={id} id={id}>
            {name}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}
