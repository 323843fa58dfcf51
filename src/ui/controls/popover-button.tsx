import { useRef, useState, type ComponentType } from 'react'
import { Button } from 'react-aria-components/Button'
import { PART_MISSING } from '../part-missing.ts'
import { useStores } from '../stores-context.ts'
import type { PopoverProps } from './popover-body.tsx'

const loadBody = async () => (await import('./popover-body.tsx')).PopoverBody

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
  const { notices } = useStores()
  const [shown, setShown] = useState<{ readonly Body: ComponentType<PopoverProps> } | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  // A browser may keep in mind that code did not come; others fetch it at the next press.
  const open = () =>
    void loadBody().then(
      (Body) => setShown({ Body }),
      () => notices.getState().tell(PART_MISSING),
    )
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
        aria-expanded={shown !== null}
        onHoverStart={warm}
        onFocus={warm}
        onPress={open}
      >
        {name}
      </Button>
      {shown !== null && (
        <shown.Body
          label={label}
          className={dialogClass}
          placement={placement}
          load={load}
          trigger={button}
          onClose={() => setShown(null)}
        />
      )}
    </>
  )
}
