import './actions.css'
import './lane-hands.css'
import type { Lane } from '../../share/comparison.ts'
import { useHands } from '../stores-context.ts'
import { EditBar } from './edit-bar.tsx'
import { Kinship } from './kinship.tsx'

/** What a lane has of people's hands: where it was forked, and edits that nobody has gone on from yet. */
export function LaneHands({ lane }: { readonly lane: Lane }) {
  const draft = useHands(({ drafts }) => drafts[lane.id])
  return (
    <>
      {lane.parent !== undefined && <Kinship lane={lane} />}
      {draft !== undefined && <EditBar lane={lane} draft={draft} />}
    </>
  )
}
