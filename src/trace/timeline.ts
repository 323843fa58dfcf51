import { passesAt } from './passes-at.ts'
import type { Trace } from './trace.ts'

/** What the lanes of a comparison have in common while the playhead moves. */
export const CLOCKS = ['time', 'passes', 'share'] as const
export type Clock = (typeof CLOCKS)[number]

/** Milliseconds a step of a run whose times are not known. */
const PACE_MS = 125

/** A place of the playhead: some lane changes here. */
export interface Moment {
  /** On the clock: milliseconds, forward passes, or the share done. */
  readonly value: number
  /** When it is played, at the speed at which the runs ran. */
  readonly ms: number
  /** The step that each lane stands on, in the lanes' order. */
  readonly steps: readonly number[]
}

/** All places of a playhead, the start first. */
export interface Timeline {
  readonly clock: Clock
  readonly moments: readonly Moment[]
  /** Milliseconds that it plays at the speed at which the runs ran. */
  readonly ms: number
  /** Whether the times of any run are known; otherwise it plays at an even pace. */
  readonly timed: boolean
}

/** Milliseconds of a whole run on its own clock; 0 without a step, and where times are not known. */
export function duration(trace: Trace | null): number {
  return trace?.steps.at(-1)?.at ?? 0
}

/** Where each step of a lane stands on a clock, rising; the n-th of equal values has the place n. */
function placesOf(trace: Trace, clock: Clock): { readonly value: number; readonly place: number }[] {
  const { steps } = trace
  const timed = duration(trace) > 0
  let before = 0
  let place = 0
  let passes = 0
  return steps.map(({ at, edit }, index) => {
    if (!edit) passes++
    const value =
      clock === 'passes'
        ? passes
        : clock === 'share'
          ? (index + 1) / steps.length
          : timed
            ? at
            : (index + 1) * PACE_MS
    place = value === before ? place + 1 : value > 0 ? 0 : 1
    before = value
    return { value, place }
  })
}

/**
 * The moments at which some lane changes, in the order of a clock: every state of every lane is at one of them, and
 * at each of them what the clock's name says holds of all lanes. Lanes that change at the same value change at
 * one moment; several steps of one lane at one value (a pass and an edit behind it) are moments after one another.
 *
 * @param traces of the lanes, in their order; null for a lane that has not begun
 */
export function timelineOf(traces: readonly (Trace | null)[], clock: Clock): Timeline {
  const total = Math.max(0, ...traces.map(duration))
  const timed = total > 0
  const changes = traces
    .flatMap((trace, lane) =>
      trace === null ? [] : placesOf(trace, clock).map((place) => ({ ...place, lane })),
    )
    .sort((a, b) => a.value - b.value || a.place - b.place || a.lane - b.lane)
  const last = changes.at(-1)?.value ?? 0
  const ms = clock === 'time' ? last : timed ? total : last === 0 ? 0 : PACE_MS * changesOf(traces)
  const moments: Moment[] = [{ value: 0, ms: 0, steps: traces.map(() => 0) }]
  let steps = traces.map(() => 0)
  changes.forEach(({ value, place, lane }, index) => {
    steps = steps.with(lane, steps[lane]! + 1)
    const next = changes[index + 1]
    if (next !== undefined && next.value === value && next.place === place) return
    moments.push({ value, ms: clock === 'time' ? value : (value / last) * ms, steps })
  })
  return { clock, moments, ms, timed }
}

function changesOf(traces: readonly (Trace | null)[]): number {
  return Math.max(0, ...traces.map((trace) => trace?.steps.length ?? 0))
}

/** Index of the last moment that has come after so many milliseconds of playing. */
export function momentAt({ moments }: Timeline, ms: number): number {
  let [low, high] = [0, moments.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (moments[middle]!.ms <= ms) low = middle
    else high = middle - 1
  }
  return low
}

/**
 * Index of the moment at which the lanes stand nearest to the steps that are wanted, the first of equals; the last
 * moment where all that is wanted are ends. The lane that leads counts before all others.
 *
 * @param steps by lane; null where any will do
 * @param leader its place among the lanes
 */
export function momentNear({ moments }: Timeline, steps: readonly (number | null)[], leader = 0): number {
  const end = moments.at(-1)!.steps
  const wanted = [...steps.entries()].filter((entry): entry is [number, number] => entry[1] !== null)
  if (wanted.length > 0 && wanted.every(([lane, step]) => step >= (end[lane] ?? 0))) return moments.length - 1
  const most = 1 + end.reduce((sum, step) => sum + step, 0)
  const far = (moment: Moment) =>
    wanted.reduce(
      (sum, [lane, step]) => sum + Math.abs((moment.steps[lane] ?? 0) - step) * (lane === leader ? most : 1),
      0,
    )
  let best = 0
  let least = Infinity
  for (const [index, moment] of moments.entries()) {
    const distance = far(moment)
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

/**
 * Milliseconds of a lane at a moment: on the clock of time what the clock says, until the lane has ended; on another
 * one, what the lane had taken by its step.
 *
 * @param lane its place among the traces of the timeline
 */
export function laneMs(trace: Trace, { clock }: Timeline, moment: Moment, lane: number): number {
  const whole = duration(trace)
  if (clock === 'time' && whole > 0) return Math.min(moment.value, whole)
  return trace.steps[(moment.steps[lane] ?? 0) - 1]?.at ?? 0
}

/** Where a lane stands, for listeners: "12 of 40". */
export function standOf(trace: Trace, step: number): string {
  return `${passesAt(trace, step)} of ${passesAt(trace, trace.steps.length)}`
}

/** Runs shorter than this are over before the eye has found them. */
const SEEN_MS = 4000

/** The speed at which playing can be seen, where 1 is the speed at which it ran: 1, or a half, a quarter, and so on. */
export function seenSpeed(ms: number): number {
  if (ms <= 0) return 1
  return 2 ** -Math.max(0, Math.ceil(Math.log2(SEEN_MS / ms)))
}

/** Speeds that are offered: around the one that can be seen, and always the run's own. */
export function speedsFor(ms: number): readonly number[] {
  const seen = seenSpeed(ms)
  const around = [seen / 4, seen / 2, seen, seen * 2, seen * 4]
  return [...new Set([...around, 1])].sort((a, b) => a - b)
}
