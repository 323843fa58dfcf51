import { frameAt } from '../../trace/frame-at.ts'
import type { Frame } from '../../trace/frame.ts'
import type { Trace } from '../../trace/trace.ts'

const frames = new WeakMap<Trace, Frame>()

/** The frame of a trace at a playhead, made once for all parts of the lane that draw it. */
export function frameNow(trace: Trace, step: number): Frame {
  const known = frames.get(trace)
  if (known?.step === step) return known
  const frame = frameAt(trace, step)
  frames.set(trace, frame)
  return frame
}
