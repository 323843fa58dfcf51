import { lazy } from 'react'
import { isBusy } from '../../store/activity.ts'
import { LazyPopover } from '../lazy-popover.tsx'
import { useRun } from '../stores-context.ts'

const load = () => import('./export-dialog.tsx')
const ExportDialog = lazy(async () => ({ default: (await load()).ExportDialog }))

export function ExportButton() {
  const disabled = useRun(({ shown, activity }) => shown?.traces.diffusion == null || isBusy(activity))
  return (
    <LazyPopover name="Export" label="Save as a file" disabled={disabled} preload={load}>
      <ExportDialog />
    </LazyPopover>
  )
}
