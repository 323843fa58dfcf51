import './popover.css'
import type { ComponentType } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import type { Comparison } from '../../share/comparison.ts'
import { isBusy } from '../../store/activity.ts'
import { FetchedPart } from './fetched-part.tsx'
import { useRun } from '../stores-context.ts'

interface Props {
  readonly name: string
  /** The dialog's own name, for listeners. */
  readonly label: string
  /** Fetches the code of the contents; begun as soon as the button is pointed at. */
  readonly load: () => Promise<ComponentType>
  /** Whether it is of use before there is a finished run. */
  readonly always?: boolean
}

/**
 * A button that opens a small dialog about a finished run, whose code is fetched when it is wanted. While a
 * run grows there is nothing to save or to send.
 */
export function LazyPopover({ name, label, load, always = false }: Props) {
  const disabled = useRun(({ shown, activity }) => !always && (!hasSteps(shown) || isBusy(activity)))
  const warm = () => void load().catch(() => undefined)
  return (
    <DialogTrigger>
      <Button className="quiet-button" isDisabled={disabled} onHoverStart={warm} onFocus={warm}>
        {name}
      </Button>
      <Popover className="popover" placement="top end">
        <Dialog className="popover-dialog" aria-label={label}>
          <FetchedPart load={load} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function hasSteps(shown: Comparison | null): boolean {
  return shown?.lanes.some(({ trace }) => trace !== null && trace.steps.length > 0) ?? false
}
