import type { Lane } from '../../../share/comparison.ts'
import { useLaneStep } from '../../lane-step.ts'
import { useInspection, useStores } from '../../stores-context.ts'
import { describeCell } from '../cell-look.ts'
import { looksNow, parentTexts } from '../looks-now.ts'

interface Props {
  readonly id: string
  readonly lane: Lane | null
}

/** What a listener is told of the place that they went to: the text itself is read as one text. */
export function PickedStatus({ id, lane }: Props) {
  const { run } = useStores()
  const position = useInspection(({ pointed }) =>
    pointed?.lane === id && pointed.isFocused === true ? pointed.position : null,
  )
  return (
    <p className="visually-hidden" role="status">
      {position !== null && lane !== null && (
        <Described id={id} lane={lane} position={position} parent={parentTexts(run.getState().shown, id)} />
      )}
    </p>
  )
}

interface DescribedProps {
  readonly id: string
  readonly lane: Lane
  readonly position: number
  readonly parent: readonly string[] | null
}

function Described({ id, lane, position, parent }: DescribedProps) {
  const look = looksNow(lane, useLaneStep(id), parent)[position]
  return look === undefined ? null : describeCell(position, look)
}
