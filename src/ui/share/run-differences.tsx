import { useMemo } from 'react'
import { duration } from '../../store/clock.ts'
import type { Shown } from '../../store/shown.ts'
import { compareRuns } from '../../trace/compare-runs.ts'
import type { Decoder } from '../../trace/trace.ts'
import { LANE_NAMES } from '../lane/lane-names.ts'
import { milliseconds } from '../numbers.ts'

const LANES: readonly Decoder[] = ['diffusion', 'autoregressive']

/** What the same recipe gave on the sender's device and on this one. */
export function RunDifferences({ sender, here }: { readonly sender: Shown; readonly here: Shown }) {
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
        {LANES.map((lane) => (
          <Row key={lane} lane={lane} sender={sender} here={here} />
        ))}
      </tbody>
    </table>
  )
}

function Row({
  lane,
  sender,
  here,
}: {
  readonly lane: Decoder
  readonly sender: Shown
  readonly here: Shown
}) {
  const [theirs, ours] = [sender.traces[lane], here.traces[lane]]
  const sentence = useMemo(() => {
    if (theirs === null || ours === null) return 'Only one of them ran.'
    const { tokens, moved } = compareRuns(
      { trace: theirs, pieces: sender.pieces },
      { trace: ours, pieces: here.pieces },
    )
    if (tokens.length === 0 && moved.length === 0) return 'Nothing: the same tokens in the same steps.'
    const parts = []
    if (tokens.length > 0) parts.push(`${counted(tokens.length, 'token')} (${places(tokens)})`)
    if (moved.length > 0) parts.push(`${counted(moved.length, 'token')} committed in another step`)
    return `${parts.join('; ')}.`
  }, [theirs, ours, sender.pieces, here.pieces])
  const clock = (trace: typeof theirs) =>
    trace === null
      ? '–'
      : `${milliseconds(duration(trace))}, ${counted(trace.steps.length, 'pass', 'passes')}, ${trace.header.device.label}`
  return (
    <tr data-lane={lane}>
      <th scope="row">{LANE_NAMES[lane]}</th>
      <td>{clock(theirs)}</td>
      <td>{clock(ours)}</td>
      <td>{sentence}</td>
    </tr>
  )
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

function places(positions: readonly number[]): string {
  const shown = positions.slice(0, 3).map((position) => position + 1)
  const more = positions.length > shown.length ? '…' : ''
  return `position ${shown.join(', ')}${more}`
}
