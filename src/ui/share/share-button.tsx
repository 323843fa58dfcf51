import { lazy } from 'react'
import { isBusy } from '../../store/activity.ts'
import { LazyPopover } from '../lazy-popover.tsx'
import { useRun } from '../stores-context.ts'

const load = () => import('./share-dialog.tsx')
const ShareDialog = lazy(async () => ({ default: (await load()).ShareDialog }))

/** Makes a link of what is shown; there is nothing to send while it still grows. */
export function ShareButton() {
  const disabled = useRun(({ shown, activity }) => shown?.traces.diffusion == null || isBusy(activity))
  return (
    <LazyPopover name="Share" label="Share this comparison" disabled={disabled} preload={load}>
      <ShareDialog />
    </LazyPopover>
  )
}
