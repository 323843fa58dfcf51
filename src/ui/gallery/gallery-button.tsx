import { useState, type ComponentType } from 'react'
import { Button } from 'react-aria-components/Button'
import { PART_MISSING } from '../part-missing.ts'
import { useStores } from '../stores-context.ts'

const load = async () => (await import('./gallery.tsx')).Gallery

type Contents = ComponentType<{ readonly onClose: () => void }>

/** Recorded comparisons, and the runs that were made here. */
export function GalleryButton() {
  const { notices } = useStores()
  const [shown, setShown] = useState<{ readonly Gallery: Contents } | null>(null)
  const warm = () => void load().catch(() => undefined)
  const open = () =>
    void load().then(
      (Gallery) => setShown({ Gallery }),
      () => notices.getState().tell(PART_MISSING),
    )
  return (
    <>
      <Button className="quiet-button" onHoverStart={warm} onFocus={warm} onPress={open}>
        Gallery
      </Button>
      {shown !== null && <shown.Gallery onClose={() => setShown(null)} />}
    </>
  )
}
