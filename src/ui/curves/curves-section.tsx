import './curves.css'
import { useState } from 'react'
import { FetchedPart } from '../controls/fetched-part.tsx'

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
      {open && <FetchedPart load={load} />}
    </details>
  )
}
