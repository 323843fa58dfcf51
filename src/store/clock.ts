import { follow, type FollowRule } from '../trace/follow.ts'
import type { Trace } from '../trace/trace.ts'

/** Milliseconds of a whole run on its own clock; 0 without a step. */
export function duration(trace: Trace | null): number {
  return trace?.steps.at(-1)?.at ?? 0
}

/** The last step that was done at `ms`; 0 before the first. */
export function stepAt(trace: Trace, ms: number): number {
  return trace.steps.findLastIndex(({ at }) => at <= ms) + 1
}

/**
 * Where a comparison ends, in milliseconds on the leader's clock, carried on beyond its last step where the
 * follower takes longer.
 */
export function jointEnd(rule: FollowRule, leader: Trace | null, follower: Trace | null): number {
  const own = duration(leader)
  if (leader === null || follower === null || rule === 'share') return own
  if (rule === 'time') return Math.max(own, duration(follower))
  const more = follower.steps.length / Math.max(1, leader.steps.length)
  return own * Math.max(1, more)
}

/**
 * The follower's step while the leader stands on `step` at `ms` of its clock. Between two steps of the
 * leader, and beyond its last one, the follower goes on.
 */
export function followedStep(
  rule: FollowRule,
  leader: Trace | null,
  follower: Trace,
  { step, ms }: { readonly step: number; readonly ms: number },
): number {
  if (leader === null || leader.steps.length === 0) return follower.steps.length
  if (rule === 'time') return step === 0 && ms === 0 ? 0 : stepAt(follower, ms)
  if (rule === 'passes' && step === leader.steps.length) {
    const passes = Math.floor((ms / Math.max(duration(leader), Number.EPSILON)) * leader.steps.length)
    return Math.min(follower.steps.length, Math.max(step, passes))
  }
  return follow(rule, leader, follower, step)
}

/** Runs shorter than this are over before the eye has found them. */
const SEEN_MS = 4000

/** How many times slower than it ran a comparison is shown at speed 1: a power of two, 1 where it can be seen. */
export function slowdown(ms: number): number {
  if (ms <= 0) return 1
  return 2 ** Math.max(0, Math.ceil(Math.log2(SEEN_MS / ms)))
}
