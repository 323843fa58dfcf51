import type { Comparison, Lane } from '../share/comparison.ts'

/**
 * The comparison without a lane. Lanes that were made from it are made from the one that it was made from; another one
 * leads where it led. Null where it is the only one, or not there.
 */
export function withoutLane(comparison: Comparison, id: string): Comparison | null {
  const closed = comparison.lanes.find((lane) => lane.id === id)
  if (closed === undefined || comparison.lanes.length < 2) return null
  const lanes = comparison.lanes.filter((lane) => lane !== closed).map((lane) => adopted(lane, closed))
  const leader = comparison.leader === id ? lanes[0]!.id : comparison.leader
  return { ...comparison, lanes, leader }
}

function adopted(lane: Lane, { id, parent }: Lane): Lane {
  if (lane.parent?.lane !== id) return lane
  const { parent: left, ...rest } = lane
  if (parent === undefined) return rest
  return { ...rest, parent: { lane: parent.lane, step: Math.min(left.step, parent.step) } }
}

/** What was closed, as long as it can be brought back. */
export interface Closed {
  /** As it was. */
  readonly before: Comparison
  readonly lane: string
}

/** The comparison with a lane that was closed, at its place, as far as all others have come since. */
export function withLaneAgain(now: Comparison, { before, lane: id }: Closed): Comparison {
  const place = before.lanes.findIndex((lane) => lane.id === id)
  const lanes = now.lanes.map((lane) => {
    const old = before.lanes.find((other) => other.id === lane.id)
    return old?.parent?.lane === id ? { ...lane, parent: old.parent } : lane
  })
  return { ...now, lanes: lanes.toSpliced(place, 0, before.lanes[place]!), leader: before.leader }
}
