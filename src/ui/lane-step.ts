import { useStore } from 'zustand'
import { followedStep } from '../store/clock.ts'
import type { Decoder } from '../trace/trace.ts'
import { useRun, useStores } from './stores-context.ts'

/** The step that a lane shows now: the playhead's, or the one that the rule gives the other lane. */
export function useLaneStep(lane: Decoder): number {
  const leader = useRun(({ shown }) => shown?.traces.diffusion ?? null)
  const follower = useRun(({ shown }) => shown?.traces.autoregressive ?? null)
  return useStore(useStores().playback, ({ rule, step, ms }) => {
    if (lane === 'diffusion') return step
    return follower === null ? 0 : followedStep(rule, leader, follower, { step, ms })
  })
}
