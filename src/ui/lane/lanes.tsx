import './lanes.css'
import { Lane } from './lane.tsx'
import { usePanes } from './panes.ts'

/** More lanes than this are drawn as compact panes. */
const ROOMY = 2

/** All lanes of what is shown, side by side. */
export function Lanes() {
  const panes = usePanes()
  return (
    <div className="lanes" data-count={panes.length}>
      {panes.map((pane) => (
        <Lane key={pane.id} {...pane} compact={panes.length > ROOMY} />
      ))}
    </div>
  )
}
