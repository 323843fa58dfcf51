import type { EngineError } from '../engines/engine-error.ts'
import type { LoadProgress } from '../engines/progress.ts'
import type { Lane } from '../share/comparison.ts'

/**
 * What the engines are doing, apart from what is shown. `lane` is the id of the one at work; null while models
 * load, which is for all.
 */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'running'; readonly lane: string }
  | { readonly kind: 'stopped'; readonly lane: string | null }
  | { readonly kind: 'failed'; readonly lane: string | null; readonly error: EngineError }

export type LaneStatus = 'idle' | 'loading' | 'running' | 'done' | 'stopped' | 'failed'

/** Whether there is something to stop. */
export function isBusy({ kind }: Activity): boolean {
  return kind === 'loading' || kind === 'running'
}

/** What a lane is doing, or how its run ended. */
export function laneStatus(
  { id, trace, source }: Pick<Lane, 'id' | 'trace' | 'source'>,
  activity: Activity,
): LaneStatus {
  switch (activity.kind) {
    case 'loading':
      return 'loading'
    case 'running':
      if (activity.lane === id) return 'running'
      // What was shown before stays until the first step of the run that is going.
      if (source !== 'live') return 'idle'
      break
    case 'stopped':
    case 'failed':
      if (activity.lane === null || activity.lane === id) return activity.kind
  }
  return trace === null || trace.status === 'running' ? 'idle' : trace.status
}
