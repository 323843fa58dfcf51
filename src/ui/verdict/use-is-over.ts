import { usePlayback } from '../stores-context.ts'

/** Whether the playhead stands at the end of what is shown. */
export function useIsOver(): boolean {
  return usePlayback(({ at, timeline }) => at > 0 && at === timeline.moments.length - 1)
}
