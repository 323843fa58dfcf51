import { lazy, Suspense, useState } from 'react'
import { Button } from 'react-aria-components/Button'

const load = () => import('./gallery.tsx')
const Gallery = lazy(async () => ({ default: (await load()).Gallery }))

/** Recorded comparisons, and the runs that were made here. */
export function GalleryButton() {
  const [open, setOpen] = useState(false)
  const warm = () => void load().catch(() => undefined)
  return (
    <>
      <Button className="quiet-button" onHoverStart={warm} onFocus={warm} onPress={() => setOpen(true)}>
        Gallery
      </Button>
      {open && (
        <Suspense fallback={null}>
          <Gallery onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
