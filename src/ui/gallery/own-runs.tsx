import { isComposing } from '../is-composing.ts'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { openComparison } from '../../store/open-comparison.ts'
import type { SavedRun } from '../../store/saved-runs.ts'
import { useSaved, useStores } from '../stores-context.ts'

/** The runs that this browser keeps: named, opened again, deleted. */
export function OwnRuns({ onClose }: { readonly onClose: () => void }) {
  const { saved } = useStores()
  const runs = useSaved((state) => state.runs)
  const trouble = useSaved((state) => state.trouble)
  const [sure, setSure] = useState(false)
  useEffect(() => void saved.getState().refresh(), [saved])
  return (
    <section aria-label="Your runs">
      <div className="gallery-head">
        <h2>Your runs</h2>
        {runs.length > 0 && (
          <Button
            className="quiet-button"
            onPress={() => {
              if (sure) void saved.getState().remove(runs.map(({ id }) => id))
              setSure(!sure)
            }}
          >
            {sure ? `Yes, delete all ${runs.length}` : 'Delete all'}
          </Button>
        )}
      </div>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {trouble === null && runs.length === 0 && (
        <p className="gallery-hint">Every run that you make is kept here, in this browser alone.</p>
      )}
      <ul className="own-runs">
        {runs.map((run) => (
          <OwnRun key={run.id} run={run} onClose={onClose} />
        ))}
      </ul>
    </section>
  )
}

const WHEN = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

function OwnRun({ run, onClose }: { readonly run: SavedRun; readonly onClose: () => void }) {
  const stores = useStores()
  const { id, name, prompt, device } = run
  const { open, rename, remove } = stores.saved.getState()
  const reopen = async () => {
    const comparison = await open(id)
    if (comparison === null) return
    onClose()
    openComparison(stores, comparison)
  }
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
      </span>
      <Button className="quiet-button" onPress={() => void reopen()}>
        Open
      </Button>
      <Button className="quiet-button" aria-label={`Delete “${name}”`} onPress={() => void remove([id])}>
        Delete
      </Button>
    </li>
  )
}
