import { undrawable } from '../trace/drawable.ts'
import type { Comparison } from './comparison.ts'

/** Which lane is too large to be drawn and why, as a clause; null where all can be. */
export function undrawableLane({ lanes }: Comparison): string | null {
  for (const { name, trace, pieces } of lanes) {
    const complaint = trace && undrawable(trace, pieces)
    if (complaint !== null) return `in the lane ${name}, ${complaint}`
  }
  return null
}
