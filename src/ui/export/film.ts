import { jointEnd, slowdown, stepAt } from '../../store/clock.ts'
import type { Shown } from '../../store/shown.ts'
import type { FollowRule } from '../../trace/follow.ts'

/** Moments of a film, each on the diffusion lane's clock, and how long each is shown. */
export interface Moment {
  readonly step: number
  readonly ms: number
  /** Milliseconds of the film. */
  readonly delay: number
}

const FRAME_MS = 80
const MOST_FRAMES = 120
/** The first and the last picture stand still for so long. */
const REST_MS = 1500

/** The run as it plays at speed 1, in at most 120 pictures; without a clock, every step alike. */
export function filmOf({ traces: { diffusion, autoregressive } }: Shown, rule: FollowRule): Moment[] {
  if (diffusion === null) return []
  const last = diffusion.steps.length
  const total = jointEnd(rule, diffusion, autoregressive)
  const shownMs = total * slowdown(total)
  const wanted = total === 0 ? last : Math.ceil(shownMs / FRAME_MS)
  const frames = Math.max(1, Math.min(MOST_FRAMES, wanted))
  const delay = total === 0 ? FRAME_MS : shownMs / frames
  return Array.from({ length: frames + 1 }, (_, at): Moment => {
    const ms = (total * at) / frames
    if (at === 0) return { step: 0, ms: 0, delay: REST_MS / 2 }
    if (at === frames) return { step: last, ms: total, delay: REST_MS }
    const step = total === 0 ? Math.round((last * at) / frames) : stepAt(diffusion, ms)
    return { step, ms, delay: Math.round(delay) }
  })
}
