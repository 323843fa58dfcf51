import { leaderOf } from '../../share/comparison.ts'
import { useLaneStep } from '../lane-step.ts'
import { usePlayback, useRun } from '../stores-context.ts'
import { clockWords } from './playhead-words.ts'

/** The step of the leading lane, and under it where the playhead stands on its clock. */
export function PlayheadCount() {
  const leader = useRun(({ shown }) => leaderOf(shown))
  const step = useLaneStep(leader?.id ?? '')
  const clock = usePlayback(({ timeline, at }) =>
    clockWords(timeline, timeline.moments[at] ?? timeline.moments[0]!),
  )
  return (
    <p className="step-count">
      <span>
        <b>{step}</b>
        <span>{` / ${leader?.trace?.steps.length ?? 0}`}</span>
      </span>
      <span className="step-clock">{clock}</span>
    </p>
  )
}
