import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { useSaved, useStores } from '../stores-context.ts'
import { OwnRun } from './own-run.tsx'

/** The runs that this browser keeps: named, opened again, deleted and brought back. */
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
      <Deleted />
      <ul className="own-runs">
        {runs.map((run) => (
          <OwnRun key={run.id} run={run} onClose={onClose} />
        ))}
      </ul>
    </section>
  )
}

/** What was deleted last, and a way back. */
function Deleted() {
  const { saved } = useStores()
  const deleted = useSaved((state) => state.deleted)
  const [first] = deleted
  return (
    <div className="own-deleted" role="status">
      {first !== undefined && (
        <>
          <span>
            {deleted.length === 1 ? `Deleted “${first.card.name}”.` : `Deleted ${deleted.length} runs.`}
          </span>
          <Button className="quiet-button" onPress={() => void saved.getState().undo()}>
            Undo
          </Button>
        </>
      )}
    </div>
  )
}
