import { PopoverButton } from '../controls/popover-button.tsx'

const load = async () => (await import('./legend.tsx')).Legend

/** What the looks of places mean. */
export function LegendButton() {
  return <PopoverButton name="Legend" label="Legend" load={load} />
}
