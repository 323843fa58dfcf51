import { addressOfRecording } from '../../store/opening/address.ts'
import { recordingName } from '../recordings/recordings.ts'
import { useRecordingIndex } from '../recordings/use-recordings.ts'
import { useStores } from '../stores-context.ts'
import { WrittenCard } from './written-card.tsx'

/** Every recording that ships with the page, each under an address of its own. */
export function RecordedRuns({ onClose }: { readonly onClose: () => void }) {
  const { opening } = useStores()
  const { data, isError } = useRecordingIndex()
  if (isError) return <p>The recordings could not be fetched. Reload the page to try again.</p>
  return (
    <ul className="cards">
      {data?.entries.map(({ file, kind, title, prompt, outcome }) => {
        const name = recordingName(file)
        return (
          <li key={file}>
            <a
              className="card"
              href={addressOfRecording(name)}
              onClick={(event) => {
                // With a modifier it opens elsewhere, as every link does.
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                onClose()
                void opening.getState().open({ kind: 'recording', name })
              }}
            >
              <span className="card-kind">
                {kind}
                {outcome !== undefined && <span className="card-outcome">{outcome}</span>}
              </span>
              <b>{title}</b>
              <span className="card-prompt">{prompt}</span>
              <WrittenCard file={file} />
            </a>
          </li>
        )
      })}
    </ul>
  )
}
