import './predict.css'
import { useEffect, useState } from 'react'
import { leaderOf } from '../../share/comparison.ts'
import { foretold, NO_PREDICTION, scored } from '../../trace/prediction-score.ts'
import { useRun, useStores } from '../stores-context.ts'

/** Click the mask that comes next: scored against the run, which then goes on by a step. */
export function Predict() {
  const { inspection, playback } = useStores()
  const shown = useRun((state) => state.shown)
  const [score, setScore] = useState(NO_PREDICTION)
  const [said, setSaid] = useState('')

  useEffect(() => {
    const leader = leaderOf(shown)
    const trace = leader?.trace
    if (shown === null || leader === null || !trace) return
    const lane = shown.lanes.indexOf(leader)
    const goTo = (step: number) =>
      playback.getState().goToSteps(shown.lanes.map((_, at) => (at === lane ? step : null)))
    playback.getState().pause()
    inspection.getState().clear()
    goTo(1)
    return inspection.subscribe(({ pinned }) => {
      if (pinned?.lane !== leader.id) return
      const { timeline, at } = playback.getState()
      const step = timeline.moments[at]?.steps[lane] ?? 0
      const isHit = foretold(trace, step, pinned.position)
      if (isHit === null) return
      inspection.getState().clear()
      playback.getState().pause()
      setScore((before) => scored(before, trace, step, pinned.position))
      setSaid(isHit ? 'Yes, that one.' : 'No, another one.')
      goTo(step + 1)
    })
  }, [inspection, playback, shown])

  const { tries, hits, streak, best, byChance } = score
  return (
    <section className="predict" aria-label="Predict">
      <p role="status">
        {tries === 0
          ? 'Click the grey place of the first lane that you think is decided next.'
          : `${said} ${hits} of ${tries} right, ${streak} in a row, ${best} at best. Blind guessing: ${byChance.toFixed(1)}.`}
      </p>
    </section>
  )
}
