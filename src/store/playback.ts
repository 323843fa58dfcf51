import { createStore, type StoreApi } from 'zustand/vanilla'
import { leaderOf, type Comparison } from '../share/comparison.ts'
import { momentAt, momentNear, seenSpeed, timelineOf, type Clock, type Timeline } from '../trace/timeline.ts'
import { isBusy } from './activity.ts'
import type { RunState } from './run.ts'

/** Where the playhead of the comparison stands, and how it moves. */
export interface PlaybackState {
  /** All places that it can stand on: some lane changes at each. */
  readonly timeline: Timeline
  /** Index of the moment that it stands on; 0 is the start. */
  readonly at: number
  /** Milliseconds of playing, at the speed at which the runs ran. */
  readonly ms: number
  readonly playing: boolean
  /** What was chosen, where 1 is the speed at which the runs ran; null is the one that can be seen. */
  readonly speed: number | null
  readonly clock: Clock
  /** Whether the playhead keeps to the newest step of a run that is going. */
  readonly following: boolean
  /** Whether the playhead is held on its moment. */
  readonly locked: boolean
  play(): void
  pause(): void
  toggle(): void
  /** Stands on a moment, the nearest one that there is. */
  goTo(moment: number): void
  /** Stands where the lanes stand nearest to these steps, in their order; null where any step will do. */
  goToSteps(steps: readonly (number | null)[]): void
  /** Moves by so many moments, and stops playing. */
  stepBy(moments: number): void
  /** Lets so many milliseconds of the person's time go by. */
  advance(elapsedMs: number): void
  setSpeed(speed: number): void
  setClock(clock: Clock): void
  /** Back to the start; free again to move, at the speed that can be seen. */
  rewind(): void
  /** Holds the playhead where it stands until something else is shown. */
  lock(): void
}

/** The speed at which it plays. */
export function speedOf({ speed, timeline }: Pick<PlaybackState, 'speed' | 'timeline'>): number {
  return speed ?? seenSpeed(timeline.ms)
}

export function createPlaybackStore(run: StoreApi<RunState>): StoreApi<PlaybackState> {
  const leader = () => {
    const { shown } = run.getState()
    return shown?.lanes.findIndex(({ id }) => id === shown.leader) ?? 0
  }
  const timelineNow = (clock: Clock) =>
    timelineOf(run.getState().shown?.lanes.map(({ trace }) => trace) ?? [], clock)

  const store = createStore<PlaybackState>()((set, get) => {
    const last = () => get().timeline.moments.length - 1
    const stand = (moment: number) => {
      if (get().locked) return
      const { moments } = get().timeline
      const at = Math.max(0, Math.min(last(), Math.round(moment)))
      set({ at, ms: moments[at]!.ms, following: isBusy(run.getState().activity) && at === last() })
    }
    return {
      timeline: timelineNow('time'),
      at: 0,
      ms: 0,
      playing: false,
      speed: null,
      clock: 'time',
      following: false,
      locked: false,
      play() {
        if (last() === 0 || get().locked) return
        if (get().at === last()) set({ at: 0, ms: 0 })
        set({ playing: true, following: false })
      },
      pause: () => set({ playing: false }),
      toggle: () => (get().playing ? get().pause() : get().play()),
      goTo: stand,
      goToSteps: (steps) => stand(momentNear(get().timeline, steps, leader())),
      stepBy(moments) {
        set({ playing: false })
        stand(get().at + moments)
      },
      advance(elapsedMs) {
        const { playing, timeline } = get()
        if (!playing) return
        const ms = Math.min(timeline.ms, get().ms + elapsedMs * speedOf(get()))
        const at = Math.max(get().at, momentAt(timeline, ms))
        set({ ms, at, playing: at < last() || isBusy(run.getState().activity) })
      },
      setSpeed: (speed) => set({ speed }),
      setClock(clock) {
        const { timeline, at } = get()
        const next = timelineNow(clock)
        const moment = momentNear(next, timeline.moments[at]!.steps, leader())
        set({ clock, timeline: next, at: moment, ms: next.moments[moment]!.ms })
      },
      rewind: () => set({ at: 0, ms: 0, playing: false, speed: null, following: false, locked: false }),
      lock: () => set({ playing: false, following: false, locked: true }),
    }
  })

  run.subscribe((now, before) => {
    const isNew = isGrowing(now) && !isGrowing(before)
    if (isNew) store.setState({ playing: false, speed: null, following: true, locked: false })
    const fork = forkAtWork(now)
    if (fork !== null && fork.id !== forkAtWork(before)?.id) {
      store.setState({ playing: false, following: true, locked: false })
    }
    if (now.shown !== before.shown) {
      const { timeline, at } = store.getState()
      const stood = stepsOf(now.shown, before.shown, timeline.moments[at]!.steps)
      keepPlace(store, timelineNow(store.getState().clock), stood, leader(), fork)
    }
    if (isBusy(before.activity) && !isBusy(now.activity)) store.setState({ following: false })
  })
  return store
}

/** The lane at work that was made from another, which has ended: it grows in the midst of the timeline. */
function forkAtWork({ activity, shown }: RunState) {
  if (activity.kind !== 'running' || shown === null) return null
  const place = shown.lanes.findIndex(({ id }) => id === activity.lane)
  const lane = shown.lanes[place]
  return lane?.parent === undefined ? null : { id: lane.id, place }
}

/** Where the lanes that are shown now stood among those before; as they come where none of them was there. */
function stepsOf(
  shown: Comparison | null,
  before: Comparison | null,
  steps: readonly number[],
): readonly (number | null)[] {
  const places = shown?.lanes.map(({ id }) => before?.lanes.findIndex((lane) => lane.id === id) ?? -1) ?? []
  return places.some((place) => place >= 0) ? places.map((place) => steps[place] ?? null) : steps
}

/** Takes another timeline: at the newest step where that is followed, or else where the lanes stood. */
function keepPlace(
  store: StoreApi<PlaybackState>,
  timeline: Timeline,
  stood: readonly (number | null)[],
  leader: number,
  fork: { readonly place: number } | null,
): void {
  const { following } = store.getState()
  const last = timeline.moments.length - 1
  const newest = (place: number) =>
    timeline.moments.findIndex(({ steps }) => steps[place] === timeline.moments[last]!.steps[place])
  const at = following ? (fork === null ? last : newest(fork.place)) : momentNear(timeline, stood, leader)
  store.setState({ timeline, at, ms: timeline.moments[at]!.ms })
}

/** Whether the lane that leads shows a run that is going. */
function isGrowing({ shown }: RunState): boolean {
  return leaderOf(shown)?.trace?.status === 'running'
}
