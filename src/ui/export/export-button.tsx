import { LazyPopover } from '../controls/lazy-popover.tsx'

const load = async () => (await import('./export-dialog.tsx')).ExportDialog

/** Saves what is shown as a file. */
export function ExportButton() {
  return <LazyPopover name="Export" label="Save as a file" load={load} />
}
