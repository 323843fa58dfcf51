import type { DraftPlace } from '../../../trace/trace.ts'
import { demand } from '../link-damage.ts'
import type { SharedStep } from '../shared-comparison.ts'

/**
 * From the step at this index on: a draft's block, its step in the block and the block's number of steps, the step
 * rising by 1; or no places at all.
 */
export type DraftJump =
  readonly [at: number] | readonly [at: number, block: number, step: number, total: number]

const next = (place?: DraftPlace): DraftPlace | undefined => place && { ...place, step: place.step + 1 }

const isSame = (one?: DraftPlace, other?: DraftPlace): boolean =>
  one?.block === other?.block && one?.step === other?.step && one?.total === other?.total

/** The places of a run's drafts, told where they are not what the step before lets expect. */
export function draftJumps(steps: readonly SharedStep[]): DraftJump[] {
  let before: DraftPlace | undefined
  return steps.flatMap(({ draft }, at): DraftJump[] => {
    const isTold = !isSame(draft, next(before))
    before = draft
    if (!isTold) return []
    return [draft ? [at, draft.block, draft.step, draft.total] : [at]]
  })
}

/** The steps with what `draftJumps` told of them. Throws `LinkDamage` where it tells of steps that are not there. */
export function withDrafts(steps: readonly SharedStep[], jumps: readonly DraftJump[]): SharedStep[] {
  const told = new Map(jumps.map((jump) => [jump[0], jump]))
  demand(
    jumps.every(([at]) => at < steps.length),
    'it counts drafts that are not there',
  )
  let place: DraftPlace | undefined
  return steps.map((step, at) => {
    const jump = told.get(at)
    place = !jump
      ? next(place)
      : jump.length === 1
        ? undefined
        : { block: jump[1], step: jump[2], total: jump[3] }
    return place ? { ...step, draft: place } : step
  })
}
