import { useEffect, useState } from 'react'
import { useStores } from './stores-context.ts'

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}

/** Opens a file that is dropped anywhere on the page; true while one hangs over it. */
export function useDroppedFile(): boolean {
  const { opening } = useStores()
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
      if (file !== undefined) void opening.getState().open({ kind: 'file', file })
    }
    addEventListener('dragover', onDragOver)
    addEventListener('dragleave', onDragLeave)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragover', onDragOver)
      removeEventListener('dragleave', onDragLeave)
      removeEventListener('drop', onDrop)
    }
  }, [opening])
  return hovering
}
