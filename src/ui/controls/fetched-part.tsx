import { useEffect, useState, type ComponentType } from 'react'
import { PART_MISSING } from '../part-missing.ts'

interface Props {
  /** Fetches the code; a constant, as each other function would fetch anew. */
  readonly load: () => Promise<ComponentType>
}

/** A part of the page whose code is fetched when it is first drawn. */
export function FetchedPart({ load }: Props) {
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
  if (part === 'waiting') return <p className="popover-wait">…</p>
  if (part === 'missing') return <p role="alert">{PART_MISSING}</p>
  return <part.Part />
}
