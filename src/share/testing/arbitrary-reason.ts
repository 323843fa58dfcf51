import type { CommitReason } from '../../core/step-event.ts'
import type { TraceHeader } from '../../trace/trace.ts'

/** One of all reasons, some with numbers that its settings do not say. */
export function dealtReason(
  deal: number,
  { settings, vocabulary }: TraceHeader,
  { of, quota }: { readonly of: number; readonly quota: number },
): CommitReason {
  const { threshold = 0.9, factor = 1 } = settings as Partial<Record<'threshold' | 'factor', number>>
  const reasons: readonly CommitReason[] = [
    { rule: 'quota', quota, of },
    { rule: 'threshold', threshold, of },
    { rule: 'threshold', threshold: 0.5, of },
    { rule: 'factor', factor, of },
    { rule: 'factor', factor: 0.125, of },
    { rule: 'at-least-one', of },
    { rule: 'random', quota, of },
    { rule: 'tail', floor: 0.9 },
    { rule: 'tail', floor: 0.5 },
    { rule: 'tail', floor: 0 },
    { rule: 'next' },
    { rule: 'edited', threshold: 0.9 },
    { rule: 'edited', threshold: 0.5 },
    { rule: 'noise' },
    { rule: 'unknown' },
    vocabulary.mask === null ? { rule: 'noise' } : { rule: 'taken-back' },
  ]
  return reasons[deal % reasons.length]!
}
