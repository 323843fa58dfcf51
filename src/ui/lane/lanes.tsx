import './lanes.css'
import { useInsertionEffect } from 'react'
import { useView } from '../stores-context.ts'
import { addTints } from '../tint/tint.ts'
import { Lane } from './lane.tsx'
import { usePanes } from './panes.ts'

/** More lanes than this are drawn as compact panes. */
const ROOMY = 2

/** All lanes of what is shown, side by side. */
export function Lanes() {
  const panes = usePanes()
  const numbers = useView((state) => state.numbers)
  // Where a boundary hears of a browser that cannot, and not beside it: then there is a sentence and no blank page.
  useInsertionEffect(() => addTints(document), [])
  return (
    <div className="lanes" data-count={panes.length} data-numbers={numbers || undefined}>
      {panes.map((pane) => (
        <Lane key={pane.id} {...pane} compact={panes.length > ROOMY} />
      ))}
    </div>
  )
}
