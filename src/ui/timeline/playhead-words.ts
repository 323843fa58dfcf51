import type { Lane } from '../../share/comparison.ts'
import { laneMs, standOf, type Moment, type Timeline } from '../../trace/timeline.ts'
import { milliseconds, percent } from '../numbers.ts'

type NamedTrace = Pick<Lane, 'name' | 'trace'>

/** Where the playhead stands on its clock: "460 ms", "30 %"; empty where that is not known, or a count of passes. */
export function clockWords({ clock, timed }: Timeline, { value }: Moment): string {
  if (clock === 'share') return percent(value)
  return clock === 'time' && timed ? milliseconds(value) : ''
}

/** Where every lane stands: "Diffusion 12 of 40, Autoregressive 5 of 27, 460 ms". */
export function placeWords(lanes: readonly NamedTrace[], timeline: Timeline, moment: Moment): string {
  const stands = lanes.map(({ name, trace }, place) =>
    trace === null ? `${name} not begun` : `${name} ${standOf(trace, moment.steps[place] ?? 0)}`,
  )
  const latest = Math.max(
    0,
    ...lanes.map(({ trace }, place) => (trace === null ? 0 : laneMs(trace, timeline, moment, place))),
  )
  return [...stands, ...(timeline.timed ? [milliseconds(latest)] : [])].join(', ')
}
