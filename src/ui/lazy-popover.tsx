import { useState, type ComponentType } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { isBusy } from '../store/activity.ts'
import { PART_MISSING } from './part-missing.ts'
import { useRun } from './stores-context.ts'

interface Props {
  readonly name: string
  /** The dialog's own name, for listeners. */
  readonly label: string
  /** Fetches the code of the contents; begun as soon as the button is pointed at. */
  readonly load: () => Promise<ComponentType>
}

/**
 * A button that opens a small dialog about a finished run, whose code is fetched when it is wanted. While a
 * run grows there is nothing to save or to send.
 */
export function LazyPopover({ name, label, load }: Props) {
  const disabled = useRun(({ shown, activity }) => shown?.traces.diffusion == null || isBusy(activity))
  const [contents, setContents] = useState<{ readonly Part: ComponentType } | 'waiting' | 'missing'>(
    'waiting',
  )
  const warm = () => void load().catch(() => undefined)
  const onOpenChange = (open: boolean) => {
    if (!open || typeof contents === 'object') return
    setContents('waiting')
    load().then(
      (Part) => setContents({ Part }),
      () => setContents('missing'),
    )
  }
  return (
    <DialogTrigger onOpenChange={onOpenChange}>
      <Button className="quiet-button" isDisabled={disabled} onHoverStart={warm} onFocus={warm}>
        {name}
      </Button>
      <Popover className="settings-popover" placement="top end">
        <Dialog className="popover-dialog" aria-label={label}>
          {contents === 'waiting' && <p className="popover-wait">…</p>}
          {contents === 'missing' && <p role="alert">{PART_MISSING}</p>}
          {typeof contents === 'object' && <contents.Part />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
