import type { StoreApi } from 'zustand'
import { isBusy } from '../../store/activity.ts'
import type { RunState } from '../../store/run.ts'

/** Scrolls to the lanes of the run that has just been started, once they are drawn, if they are not in sight. */
export function bringIntoSight(run: StoreApi<RunState>): void {
  const stop = run.subscribe(({ shown, begun, activity }) => {
    const isDrawn = shown?.recordedAt === begun
    if (isBusy(activity) && !isDrawn) return
    stop()
    requestAnimationFrame(() => document.querySelector('.lanes')?.scrollIntoView({ block: 'nearest' }))
  })
}
