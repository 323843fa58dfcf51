import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FollowRule } from '../trace/follow.ts'
import { isBusy } from './activity.ts'
import { jointEnd, slowdown, stepAt } from './clock.ts'
import type { RunState } from './run.ts'

/** Milliseconds a step of a run whose times are not known. */
const PACE_MS = 125

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const

/** Where the playhead stands, on the diffusion lane's own clock, and how it moves. */
export interface PlaybackState {
  /** Of the diffusion lane; 0 is before the first. */
  readonly step: number
  /** Milliseconds on the lane's clock; past its last step while only the other lane goes on. */
  readonly ms: number
  readonly playing: boolean
  /** One of `SPEEDS`, times the slowdown of what is shown. */
  readonly speed: number
  readonly rule: FollowRule
  /** Whether the playhead keeps to the newest step of a run that is going. */
  readonly following: boolean
  /** Whether the playhead is held on its step. */
  readonly locked: boolean
  play(): void
  pause(): void
  toggle(): void
  /** Stands on a step; on the last one both lanes are at their end. */
  goTo(step: number): void
  /** Moves by so many steps, and stops playing. */
  stepBy(steps: number): void
  /** Lets so many milliseconds of the person's time go by. */
  advance(elapsedMs: number): void
  setSpeed(speed: number): void
  setRule(rule: FollowRule): void
  /** Back before the first step; free again to move. */
  rewind(): void
  /** Holds the playhead where it stands until something else is shown. */
  lock(): void
}

export function createPlaybackStore(run: StoreApi<RunState>): StoreApi<PlaybackState> {
  const leader = () => run.getState().shown?.traces.diffusion ?? null
  const follower = () => run.getState().shown?.traces.autoregressive ?? null
  const last = () => leader()?.steps.length ?? 0

  const store = createStore<PlaybackState>()((set, get) => {
    const clockEnd = () => jointEnd(get().rule, leader(), follower())
    const end = () => clockEnd() || last() * PACE_MS
    const msOf = (step: number) => (clockEnd() === 0 ? step * PACE_MS : (leader()?.steps[step - 1]?.at ?? 0))
    const stand = (step: number) => {
      if (get().locked) return
      const at = Math.max(0, Math.min(last(), Math.round(step)))
      const ms = at === 0 ? 0 : at === last() ? end() : msOf(at)
      set({ step: at, ms, following: isBusy(run.getState().activity) && at === last() })
    }
    return {
      step: 0,
      ms: 0,
      playing: false,
      speed: 1,
      rule: 'time',
      following: false,
      locked: false,
      play() {
        if (last() === 0 || get().locked) return
        if (get().ms >= end()) set({ step: 0, ms: 0 })
        set({ playing: true, following: false })
      },
      pause: () => set({ playing: false }),
      toggle: () => (get().playing ? get().pause() : get().play()),
      goTo: stand,
      stepBy(steps) {
        set({ playing: false })
        stand(get().step + steps)
      },
      advance(elapsedMs) {
        const trace = leader()
        const { playing, speed, step } = get()
        if (!playing || trace === null) return
        const total = end()
        const ms = get().ms + (elapsedMs * speed) / slowdown(total)
        if (ms >= total) set({ step: last(), ms: total, playing: isBusy(run.getState().activity) })
        else {
          const reached = clockEnd() === 0 ? Math.floor(ms / PACE_MS) : stepAt(trace, ms)
          set({ ms, step: Math.max(step, reached) })
        }
      },
      setSpeed: (speed) => set({ speed }),
      setRule(rule) {
        set({ rule })
        const atEnd = get().step === last()
        if (atEnd && !get().playing) stand(last())
        else set({ ms: Math.min(get().ms, end()) })
      },
      rewind: () => set({ step: 0, ms: 0, playing: false, following: false, locked: false }),
      lock: () => set({ playing: false, following: false, locked: true }),
    }
  })

  run.subscribe((now, before) => {
    const isNew = isGrowing(now) && !isGrowing(before)
    if (isNew) store.setState({ playing: false, following: true, locked: false })
    if (now.shown !== before.shown && store.getState().following) {
      const ms = jointEnd(store.getState().rule, leader(), follower())
      store.setState({ step: last(), ms })
    }
    if (isBusy(before.activity) && !isBusy(now.activity)) store.setState({ following: false })
  })
  return store
}

/** Whether the diffusion lane shows a run that is going. */
function isGrowing({ shown }: RunState): boolean {
  return shown?.traces.diffusion?.status === 'running'
}
