import './shortcuts.css'
import { useEffect, useRef, useState } from 'react'
import { isTaken } from '../timeline/taken-keys.ts'
import { lazyPart } from '../controls/lazy-part.tsx'

const List = lazyPart(async () => (await import('./shortcuts-list.tsx')).ShortcutsList)

/** The list of keys: "?" opens it. */
export function ShortcutsSlot() {
  const [isOpen, setOpen] = useState(false)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '?' || event.altKey || event.ctrlKey || event.metaKey) return
      if (event.target instanceof Element && isTaken(event.target, event.key)) return
      setOpen(true)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
  }, [isOpen])
  if (!isOpen) return null
  return (
    <dialog ref={dialog} className="shortcuts-dialog" aria-label="Keyboard" onClose={() => setOpen(false)}>
      <h2>Keyboard</h2>
      <List />
      <form method="dialog">
        <button className="quiet-button">Close</button>
      </form>
    </dialog>
  )
}
