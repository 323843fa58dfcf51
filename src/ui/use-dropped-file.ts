import { useEffect, useState } from 'react'
import { useStores } from './stores-context.ts'

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}

/** Opens a file that is dropped anywhere on the page; true while one hangs over it. */
export function useDroppedFile(): boolean {
  const stores = useStores()
  const [hovering, setHovering] = useState(false)
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setHovering(true)
    }
    const onDragLeave = ({ relatedTarget }: DragEvent) => {
      if (relatedTarget === null) setHovering(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setHovering(false)
      const file = event.dataTransfer?.files[0]
      if (file === undefined) return
      import('./open-file.ts').then(
        ({ openFile }) => openFile(stores, file),
        () => stores.opened.getState().tell('The part of this page that reads files could not be fetched.'),
      )
    }
    addEventListener('dragover', onDragOver)
    addEventListener('dragleave', onDragLeave)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragover', onDragOver)
      removeEventListener('dragleave', onDragLeave)
      removeEventListener('drop', onDrop)
    }
  }, [stores])
  return hovering
}
