import { speedOf } from '../../store/playback.ts'
import { usePlayback } from '../stores-context.ts'
import { LookChoice } from '../tint/look-choice.tsx'
import { ClockChoice } from './clock-choice.tsx'
import { SpeedChoice } from './speed-choice.tsx'
import { paceOf } from './speed-words.ts'

/** How lanes look, how fast the playhead moves, and what the lanes have in common on the way. */
export function PlaybackChoices() {
  const timed = usePlayback(({ timeline }) => timeline.timed)
  const speed = usePlayback(speedOf)
  return (
    <>
      <LookChoice />
      <SpeedChoice />
      <p className="pace">{timed ? paceOf(speed) : ''}</p>
      <ClockChoice />
    </>
  )
}
