import type { StoreApi } from 'zustand'
import { isBusy } from '../../store/activity.ts'
import type { RunState } from '../../store/run.ts'

/** Where what is asked and what answers are not in sight together. */
const PHONE = '(max-width: 720px)'

/** Scrolls to the lanes of the run that has just been started, once they are drawn: lanes behind the first grow later. */
export function bringIntoSight(run: StoreApi<RunState>): void {
  const stop = run.subscribe(({ shown, begun, activity }) => {
    const isDrawn = shown?.recordedAt === begun
    if (isBusy(activity) && !isDrawn) return
    stop()
    const block = matchMedia(PHONE).matches ? 'start' : 'nearest'
    requestAnimationFrame(() => document.querySelector('.lanes')?.scrollIntoView({ block }))
  })
}
