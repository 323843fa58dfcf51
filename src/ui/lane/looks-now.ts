import type { Comparison, Lane } from '../../share/comparison.ts'
import { laneOf } from '../../share/comparison.ts'
import { cellTexts } from '../../trace/decode-pieces.ts'
import { frameAt } from '../../trace/frame-at.ts'
import type { Trace } from '../../trace/trace.ts'
import { cellLooks, type CellLook } from './cell-look.ts'

interface Kept {
  readonly step: number
  readonly parent: readonly string[] | null
  readonly looks: readonly CellLook[]
}

const kept = new WeakMap<Trace, Kept>()

/** The looks of a lane at a step, made once for all parts of the lane that draw them. */
export function looksNow(
  { trace, pieces }: Pick<Lane, 'trace' | 'pieces'>,
  step: number,
  parent: readonly string[] | null,
): readonly CellLook[] {
  if (trace === null) return []
  const known = kept.get(trace)
  if (known?.step === step && known.parent === parent) return known.looks
  const looks = cellLooks(trace, step, pieces, parent)
  kept.set(trace, { step, parent, looks })
  return looks
}

const ends = new WeakMap<Trace, readonly string[]>()

/** What the lane that another was made from ends with, by position; null where it was made from none. */
export function parentTexts(shown: Comparison | null, id: string): readonly string[] | null {
  const parent = laneOf(shown, laneOf(shown, id)?.parent?.lane ?? '')
  if (parent === null || parent.trace === null) return null
  const { trace, pieces } = parent
  const known = ends.get(trace)
  if (known !== undefined) return known
  const texts = cellTexts(
    frameAt(trace, trace.steps.length, Infinity).cells.map(({ id: token }) => token),
    pieces,
    trace.header.vocabulary,
  )
  ends.set(trace, texts)
  return texts
}
