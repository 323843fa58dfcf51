import type { Comparison } from '../../share/comparison.ts'
import { laneOf } from '../../share/comparison.ts'
import { endingOf } from '../../trace/differences.ts'
import type { Pieces } from '../../trace/pieces.ts'
import type { Trace } from '../../trace/trace.ts'
import { cellLooks, type CellLook, type Kin } from './cell-look.ts'

interface Kept {
  readonly step: number
  readonly kin: readonly Kin[]
  readonly looks: readonly CellLook[]
}

const kept = new WeakMap<Trace, Kept>()

/** The looks of a run at a step, made once for all parts of the lane that draw them. */
export function looksNow(
  { trace, pieces }: { readonly trace: Trace | null; readonly pieces: Pieces },
  step: number,
  kin: readonly Kin[],
): readonly CellLook[] {
  if (trace === null) return []
  const known = kept.get(trace)
  if (known?.step === step && isSameKin(known.kin, kin)) return known.looks
  const looks = cellLooks(trace, step, pieces, kin)
  kept.set(trace, { step, kin, looks })
  return looks
}

function isSameKin(one: readonly Kin[], other: readonly Kin[]): boolean {
  return one.length === other.length && one.every(({ ending }, at) => ending === other[at]!.ending)
}

const NONE: readonly Kin[] = []

/** By lane, so that what is the same stays the same object. */
const kinKept = new Map<string, readonly Kin[]>()

/** The lane that another was made from, and those that were made from it, as far as they have come. */
export function kinOf(shown: Comparison | null, id: string): readonly Kin[] {
  const parent = laneOf(shown, laneOf(shown, id)?.parent?.lane ?? '')
  const forks = shown?.lanes.filter((lane) => lane.parent?.lane === id) ?? []
  const kin = (relation: Kin['relation'], lanes: Comparison['lanes']) =>
    lanes.flatMap(({ trace, pieces }): Kin[] =>
      trace === null ? [] : [{ relation, ending: endingOf({ trace, pieces }) }],
    )
  const now = [...kin('parent', parent === null ? [] : [parent]), ...kin('fork', forks)]
  const known = kinKept.get(id) ?? NONE
  if (isSameKin(known, now)) return known
  kinKept.set(id, now)
  return now
}
