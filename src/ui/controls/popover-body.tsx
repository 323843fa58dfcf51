import './popover.css'
import type { ComponentType, RefObject } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { ClosePopover } from './close-popover.ts'
import { FetchedPart } from './fetched-part.tsx'

export interface PopoverProps {
  /** The dialog's own name, for listeners. */
  readonly label: string
  readonly className: string
  readonly placement: 'top end' | 'bottom end'
  /** Fetches the code of the contents; a constant, as each other function would fetch anew. */
  readonly load: () => Promise<ComponentType>
  readonly trigger: RefObject<HTMLButtonElement | null>
  readonly onClose: () => void
}

/** A small dialog beside the button that opened it. */
export function PopoverBody({ label, className, placement, load, trigger, onClose }: PopoverProps) {
  return (
    <Popover
      className="popover"
      triggerRef={trigger}
      placement={placement}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog className={className} aria-label={label}>
        <ClosePopover value={onClose}>
          <FetchedPart load={load} />
        </ClosePopover>
      </Dialog>
    </Popover>
  )
}
