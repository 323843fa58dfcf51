import { useMemo } from 'react'
import { laneOf, type Lane } from '../../share/comparison.ts'
import { differencesInWords, differencesOf } from '../../trace/differences.ts'
import { useRun } from '../stores-context.ts'

/** Where a lane left another, and how far it ended otherwise. */
export function Kinship({ lane }: { readonly lane: Lane }) {
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
  return (
    <p className="kinship">
      {parent && `From ${parent.name}, step ${lane.parent?.step}. `}
      {differences}
    </p>
  )
}
