import type { Lane } from '../../../share/comparison.ts'
import { useLaneStep } from '../../lane-step.ts'
import { standingAt } from '../../hands/standing-at.ts'
import { useHands, useInspection, useRun } from '../../stores-context.ts'
import { describeCell } from '../cell-look.ts'
import { kinOf, looksNow } from '../looks-now.ts'

interface Props {
  readonly id: string
  readonly lane: Lane | null
}

/** What a listener is told of the place that they went to: the text itself is read as one text. */
export function PickedStatus({ id, lane }: Props) {
  const position = useInspection(({ pointed }) =>
    pointed?.lane === id && pointed.isFocused === true ? pointed.position : null,
  )
  return (
    <p className="visually-hidden" role="status">
      {position !== null && lane !== null && <Described id={id} lane={lane} position={position} />}
    </p>
  )
}

interface DescribedProps {
  readonly id: string
  readonly lane: Lane
  readonly position: number
}

function Described({ id, lane, position }: DescribedProps) {
  const step = useLaneStep(id)
  const draft = useHands(({ drafts }) => drafts[id])
  const kin = useRun(({ shown }) => kinOf(shown, id))
  if (lane.trace === null) return null
  const now = standingAt({ ...lane, trace: lane.trace }, step, draft)
  const look = looksNow(now, now.step, kin)[position]
  return look === undefined ? null : describeCell(position, look)
}
