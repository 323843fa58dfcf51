import { useState } from 'react'
import { PART_MISSING } from '../part-missing.ts'
import { usePart } from '../use-part.ts'

const load = () => import('./curves.tsx').then(({ Curves }) => Curves)

/** How often the bundled model is right, one click below the settings that decide it. */
export function CurvesSection() {
  const [open, setOpen] = useState(false)
  return (
    <details
      className="curves-section"
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open)
      }}
    >
      <summary>How often is the bundled model right?</summary>
      {open && <Contents />}
    </details>
  )
}

function Contents() {
  const part = usePart(load)
  if (part === 'waiting') return <p className="popover-wait">…</p>
  if (part === 'missing') return <p role="alert">{PART_MISSING}</p>
  return <part.Part />
}
