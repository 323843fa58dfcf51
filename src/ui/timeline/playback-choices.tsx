import { jointEnd, slowdown } from '../../store/clock.ts'
import { usePlayback, useRun } from '../stores-context.ts'
import { FollowChoice } from './follow-choice.tsx'
import { SpeedChoice } from './speed-choice.tsx'

/** How fast the playhead moves, and what the lanes have in common on the way. */
export function PlaybackChoices() {
  const traces = useRun(({ shown }) => shown?.traces)
  const rule = usePlayback((state) => state.rule)
  const speed = usePlayback((state) => state.speed)
  const end = jointEnd(rule, traces?.diffusion ?? null, traces?.autoregressive ?? null)
  return (
    <div className="playback-choices">
      <SpeedChoice />
      <p className="pace">{end > 0 ? pace(speed / slowdown(end)) : ''}</p>
      <FollowChoice />
    </div>
  )
}

/** How the shown speed compares with the run's own. */
function pace(rate: number): string {
  if (rate === 1) return 'shown at the speed it ran'
  return rate < 1 ? `shown ${1 / rate}× slower than it ran` : `shown ${rate}× faster than it ran`
}
