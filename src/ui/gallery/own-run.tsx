import { Button } from 'react-aria-components/Button'
import { strategyOf } from '../../core/strategies/strategy-of.ts'
import type { SavedLane, SavedRun } from '../../store/kept/archive.ts'
import { seconds } from '../../trace/verdict.ts'
import { isComposing } from '../is-composing.ts'
import { useStores } from '../stores-context.ts'

const WHEN = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** How a lane was decoded and what it took, in the fewest words. */
function described({ name, strategy, passes, ms }: SavedLane): string {
  const how = strategy === null ? '' : ` (${strategyOf(strategy).label.toLowerCase()})`
  const time = ms === 0 ? '' : `, ${seconds(ms)}`
  return `${name}${how}: ${passes} ${passes === 1 ? 'pass' : 'passes'}${time}`
}

/** A run that this browser keeps. */
export function OwnRun({ run, onClose }: { readonly run: SavedRun; readonly onClose: () => void }) {
  const { saved, opening } = useStores()
  const { id, name, prompt, device, lanes = [] } = run
  const { rename, remove } = saved.getState()
  return (
    <li>
      <input
        // A new name from elsewhere replaces what stands in the field.
        key={name}
        className="own-name"
        aria-label={`Name of the run “${prompt}”`}
        defaultValue={name}
        maxLength={200}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event.nativeEvent)) event.currentTarget.blur()
        }}
        onBlur={({ target }) => {
          if (target.value !== name) void rename(id, target.value)
        }}
      />
      <span className="own-where">
        {WHEN.format(new Date(id))} · {device}
        {lanes.length > 0 && <span className="own-lanes">{lanes.map(described).join(' · ')}</span>}
      </span>
      <Button
        className="quiet-button"
        onPress={() => {
          onClose()
          void opening.getState().open({ kind: 'own', id })
        }}
      >
        Open
      </Button>
      <Button className="quiet-button" aria-label={`Delete “${name}”`} onPress={() => void remove([id])}>
        Delete
      </Button>
    </li>
  )
}
