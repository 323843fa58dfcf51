import { useMemo } from 'react'
import { laneOf, type Comparison, type Lane } from '../../share/comparison.ts'
import { compareRuns } from '../../trace/compare-runs.ts'
import { isText } from '../../trace/knowledge.ts'
import { passesAt } from '../../trace/passes-at.ts'
import { duration } from '../../trace/timeline.ts'
import type { Trace } from '../../trace/trace.ts'
import { milliseconds } from '../numbers.ts'

interface Props {
  readonly sender: Comparison
  readonly here: Comparison
}

/** What the same recipe gave on the sender's device and on this one, for every lane that ran on both. */
export function RunDifferences({ sender, here }: Props) {
  const ids = here.lanes.map(({ id }) => id)
  return (
    <table className="differences">
      <thead>
        <tr>
          <th scope="col">Same recipe</th>
          <th scope="col">Sender</th>
          <th scope="col">Here</th>
          <th scope="col">What differs</th>
        </tr>
      </thead>
      <tbody>
        {ids.map((id) => (
          <Row key={id} id={id} theirs={laneOf(sender, id)} ours={laneOf(here, id)} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly id: string
  readonly theirs: Lane | null
  readonly ours: Lane | null
}

function Row({ id, theirs, ours }: RowProps) {
  const sentence = useMemo(() => difference(theirs, ours), [theirs, ours])
  return (
    <tr data-lane={id}>
      <th scope="row">{(ours ?? theirs)?.name}</th>
      <td>{clock(theirs?.trace ?? null)}</td>
      <td>{clock(ours?.trace ?? null)}</td>
      <td>{sentence}</td>
    </tr>
  )
}

function clock(trace: Trace | null): string {
  if (trace === null) return '–'
  const { knowledge, device } = trace.header
  const passes = passesAt(trace, trace.steps.length)
  const what = isText(knowledge) ? 'update' : 'pass'
  return `${milliseconds(duration(trace))}, ${counted(passes, what, what === 'pass' ? 'passes' : 'updates')}, ${device.label}`
}

function difference(theirs: Lane | null, ours: Lane | null): string {
  if (!theirs?.trace || !ours?.trace) return 'Only one of them ran.'
  const { tokens, moved } = compareRuns(
    { trace: theirs.trace, pieces: theirs.pieces },
    { trace: ours.trace, pieces: ours.pieces },
  )
  if (tokens.length === 0 && moved.length === 0) return 'Nothing: the same tokens in the same steps.'
  const parts = []
  if (tokens.length > 0) parts.push(`${counted(tokens.length, 'token')} (${places(tokens)})`)
  if (moved.length > 0) parts.push(`${counted(moved.length, 'token')} committed in another step`)
  return `${parts.join('; ')}.`
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function places(positions: readonly number[]): string {
  const shown = positions.slice(0, 3).map((position) => position + 1)
  const more = positions.length > shown.length ? '…' : ''
  return `position ${shown.join(', ')}${more}`
}
