import type { EngineError } from '../engines/engine-error.ts'
import type { LoadProgress } from '../engines/progress.ts'
import type { Decoder } from '../trace/trace.ts'
import type { Shown } from './shown.ts'

/**
 * What the engine is doing, apart from what is shown. `decoder` is the lane at work; null while the model
 * loads, which is for both.
 */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'running'; readonly decoder: Decoder }
  | { readonly kind: 'stopped'; readonly decoder: Decoder | null }
  | { readonly kind: 'failed'; readonly decoder: Decoder | null; readonly error: EngineError }

export type LaneStatus = 'idle' | 'loading' | 'running' | 'done' | 'stopped' | 'failed'

/** Whether there is something to stop. */
export function isBusy({ kind }: Activity): boolean {
  return kind === 'loading' || kind === 'running'
}

/** What a lane is doing, or how its run ended. */
export function laneStatus(shown: Shown | null, activity: Activity, lane: Decoder): LaneStatus {
  switch (activity.kind) {
    case 'loading':
      return 'loading'
    case 'running':
      // The lanes take turns, diffusion first.
      if (activity.decoder === lane) return 'running'
      return lane === 'diffusion' ? 'done' : 'idle'
    case 'stopped':
    case 'failed':
      if (activity.decoder === null || activity.decoder === lane) return activity.kind
  }
  const status = shown?.traces[lane]?.status
  return status === undefined || status === 'running' ? 'idle' : status
}
