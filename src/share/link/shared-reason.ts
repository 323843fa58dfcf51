import type { CommitReason } from '../../core/step-event.ts'

type WithoutCounts<Reason> = Reason extends unknown ? Omit<Reason, 'of' | 'quota'> : never

/** A reason without what its step counted: the same for many commits. */
export type SharedReason = WithoutCounts<CommitReason>

/** What of a step its reasons count; 0 where they don't. */
export interface Counts {
  readonly of: number
  readonly quota: number
}

/** What of its step a reason counts. */
export function countedBy(reason: SharedReason): { readonly of: boolean; readonly quota: boolean } {
  const counted = withCounts(reason, { of: 0, quota: 0 })
  return { of: 'of' in counted, quota: 'quota' in counted }
}

export function withoutCounts(reason: CommitReason): SharedReason {
  const { of: _, quota: __, ...rest } = { of: 0, quota: 0, ...reason }
  return rest as SharedReason
}

export function withCounts(reason: SharedReason, { of, quota }: Counts): CommitReason {
  switch (reason.rule) {
    case 'quota':
    case 'random':
      return { rule: reason.rule, quota, of }
    case 'threshold':
      return { rule: reason.rule, threshold: reason.threshold, of }
    case 'factor':
      return { rule: reason.rule, factor: reason.factor, of }
    case 'at-least-one':
      return { rule: reason.rule, of }
    case 'tail':
      return { rule: reason.rule, floor: reason.floor }
    case 'edited':
      return { rule: reason.rule, threshold: reason.threshold }
    case 'next':
    case 'taken-back':
    case 'noise':
    case 'pinned':
    case 'replaced':
    case 'masked':
    case 'unknown':
      return { rule: reason.rule }
  }
}
