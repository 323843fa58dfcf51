import { LazyPopover } from '../controls/lazy-popover.tsx'

const load = async () => (await import('./legend.tsx')).Legend

/** What the looks of places mean. */
export function LegendButton() {
  return <LazyPopover name="Legend" label="Legend" load={load} always />
}
