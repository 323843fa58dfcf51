import { useEffect, useState, type ComponentType } from 'react'

/** Code of the page that is fetched when it is wanted: the part, or how it stands with it. */
export function usePart(
  load: () => Promise<ComponentType>,
): { readonly Part: ComponentType } | 'waiting' | 'missing' {
  const [part, setPart] = useState<{ readonly Part: ComponentType } | 'waiting' | 'missing'>('waiting')
  useEffect(() => {
    let wanted = true
    load().then(
      (Part) => wanted && setPart({ Part }),
      () => wanted && setPart('missing'),
    )
    return () => {
      wanted = false
    }
  }, [load])
  return part
}
