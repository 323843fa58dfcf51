import type { Comparison } from '../share/comparison.ts'
import { finish } from '../trace/append.ts'

/** A comparison as it can travel: a lane that is still growing goes no further. Null before the first step. */
export function atRest(comparison: Comparison | null): Comparison | null {
  if (comparison === null || comparison.lanes.every(({ trace }) => !trace || trace.steps.length === 0)) {
    return null
  }
  const lanes = comparison.lanes.map((lane) =>
    lane.trace?.status === 'running' ? { ...lane, trace: finish(lane.trace, 'stopped') } : lane,
  )
  return { ...comparison, lanes }
}

/** The name under which a run of this page is kept: the date that it carries. Null for everything that is none. */
export function runIdOf(comparison: Comparison | null): string | null {
  return comparison?.lanes.some(({ source }) => source === 'live') ? comparison.recordedAt : null
}
