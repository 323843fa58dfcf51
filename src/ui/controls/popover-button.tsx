import { useRef, useState, type ComponentType } from 'react'
import { Button } from 'react-aria-components/Button'
import { lazyPart } from './lazy-part.tsx'
import type { PopoverProps } from './popover-body.tsx'

const loadBody = async () => (await import('./popover-body.tsx')).PopoverBody
const Body = lazyPart<PopoverProps>(loadBody)

interface Props {
  readonly name: string
  /** The dialog's own name, for listeners. */
  readonly label: string
  /** Fetches the code of the contents; begun as soon as the button is pointed at. */
  readonly load: () => Promise<ComponentType>
  readonly disabled?: boolean
  readonly buttonClass?: string
  readonly dialogClass?: string
  readonly placement?: PopoverProps['placement']
}

/** A button that opens a small dialog, whose code is fetched when it is wanted. */
export function PopoverButton({
  name,
  label,
  load,
  disabled = false,
  buttonClass = 'quiet-button',
  dialogClass = 'popover-dialog',
  placement = 'top end',
}: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const warm = () => {
    void loadBody().catch(() => undefined)
    void load().catch(() => undefined)
  }
  return (
    <>
      <Button
        ref={button}
        className={buttonClass}
        isDisabled={disabled}
        aria-haspopup="dialog"
        aria-expanded={open}
        onHoverStart={warm}
        onFocus={warm}
        onPress={() => setOpen(true)}
      >
        {name}
      </Button>
      {open && (
        <Body
          label={label}
          className={dialogClass}
          placement={placement}
          load={load}
          trigger={button}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
