import { useMemo } from 'react'
import { Button } from 'react-aria-components/Button'
import { laneOf, type Lane } from '../../share/comparison.ts'
import { differencesInWords, differencesOf } from '../../trace/differences.ts'
import { useRun, useStores } from '../stores-context.ts'

/** Where a lane left another, and how far it ended otherwise; and the way to close it. */
export function Kinship({ lane }: { readonly lane: Lane }) {
  const { run, hands } = useStores()
  const parent = useRun(({ shown }) => laneOf(shown, lane.parent?.lane ?? ''))
  const differences = useMemo(
    () =>
      lane.trace && parent?.trace
        ? differencesInWords(
            differencesOf(
              { trace: lane.trace, pieces: lane.pieces },
              { trace: parent.trace, pieces: parent.pieces },
            ),
          )
        : '',
    [lane, parent],
  )
  const close = () => {
    run.getState().close(lane.id)
    hands.getState().tell(`${lane.name} was closed. It can be brought back.`)
  }
  return (
    <div className="kinship">
      <p>
        {lane.parent && parent && `From ${parent.name}, step ${lane.parent.step}. `}
        {differences}
      </p>
      <Button className="link-button" aria-label={`Close ${lane.name}`} onPress={close}>
        Close
      </Button>
    </div>
  )
}
