import type { ComponentType } from 'react'
import type { Comparison } from '../../share/comparison.ts'
import { isBusy } from '../../store/activity.ts'
import { useRun } from '../stores-context.ts'
import { PopoverButton } from './popover-button.tsx'

interface Props {
  readonly name: string
  /** The dialog's own name, for listeners. */
  readonly label: string
  /** Fetches the code of the contents; begun as soon as the button is pointed at. */
  readonly load: () => Promise<ComponentType>
}

/** A button that opens a small dialog about a finished run. While a run grows there is nothing to save or to send. */
export function LazyPopover(props: Props) {
  const disabled = useRun(({ shown, activity }) => !hasSteps(shown) || isBusy(activity))
  return <PopoverButton {...props} disabled={disabled} />
}

function hasSteps(shown: Comparison | null): boolean {
  return shown?.lanes.some(({ trace }) => trace !== null && trace.steps.length > 0) ?? false
}
