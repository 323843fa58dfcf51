import type { Comparison } from '../../share/comparison.ts'
import { leaderOf } from '../../share/comparison.ts'
import { passesInAll } from '../../trace/passes-in-all.ts'
import { cellLooks } from '../lane/cell-look.ts'
import { tintClass } from '../tint/tint.ts'

/** An answer as a card shows it: every token's text, and the class that tints it by the pass that wrote it. */
export type WrittenText = readonly (readonly [text: string, tint: string])[]

/** The finished text of the lane that leads, ends left out, tinted by order. */
export function writtenText(comparison: Comparison): WrittenText {
  const leader = leaderOf(comparison)
  if (leader === null || leader.trace === null) return []
  const { trace, pieces } = leader
  const passes = passesInAll(trace)
  return cellLooks(trace, trace.steps.length, pieces)
    .filter(({ isEnd }) => !isEnd)
    .map((look) => [look.text, tintClass(look, 'order', passes)])
}
