import { clampStep } from './playhead.ts'
import type { Trace } from './trace.ts'

/** What two lanes that are shown together have in common: the clock, the forward passes, or their share. */
export type FollowRule = 'time' | 'passes' | 'share'

/** Where the follower's playhead stands when the leader's stands on `leaderStep`; 0 is before the first. */
export function follow(rule: FollowRule, leader: Trace, follower: Trace, leaderStep: number): number {
  const step = clampStep(leader, leaderStep)
  switch (rule) {
    case 'time': {
      const now = leader.steps[step - 1]?.at ?? 0
      return step === 0 ? 0 : follower.steps.findLastIndex(({ at }) => at <= now) + 1
    }
    case 'passes':
      return clampStep(follower, step)
    case 'share':
      return step === 0 ? 0 : Math.round((step / leader.steps.length) * follower.steps.length)
  }
}
