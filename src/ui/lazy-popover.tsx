import { Suspense, type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'

interface Props {
  readonly name: string
  /** The dialog's own name, for listeners. */
  readonly label: string
  readonly disabled: boolean
  /** Fetches the code of the contents; begun as soon as the button is pointed at. */
  readonly preload: () => Promise<unknown>
  readonly children: ReactNode
}

/** A button that opens a small dialog whose code is fetched when it is wanted. */
export function LazyPopover({ name, label, disabled, preload, children }: Props) {
  const warm = () => void preload().catch(() => undefined)
  return (
    <DialogTrigger>
      <Button className="quiet-button" isDisabled={disabled} onHoverStart={warm} onFocus={warm}>
        {name}
      </Button>
      <Popover className="settings-popover" placement="top end">
        <Dialog className="popover-dialog" aria-label={label}>
          <Suspense fallback={<p className="popover-wait">…</p>}>{children}</Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
