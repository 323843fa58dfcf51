import { LazyPopover } from '../controls/lazy-popover.tsx'

const load = async () => (await import('./share-dialog.tsx')).ShareDialog

/** Makes a link of what is shown. */
export function ShareButton() {
  return <LazyPopover name="Share" label="Share this comparison" load={load} />
}
