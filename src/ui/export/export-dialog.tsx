import './export.css'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { Button } from 'react-aria-components/Button'
import { ProgressBar } from 'react-aria-components/ProgressBar'
import { exportJson } from '../../share/exchange/export-json.ts'
import { exportMarkdown } from '../../share/exchange/export-markdown.ts'
import { leaderOf } from '../../share/comparison.ts'
import { fileName, saveFile } from '../save-file.ts'
import { useLaneStep } from '../lane-step.ts'
import { useRun, useStores } from '../stores-context.ts'
import { makeGif } from './make-gif.ts'
import { makePng } from './make-png.ts'
import { pictureOf } from './picture.ts'

/** What is shown, as a file for machines, for a text, for a slide. */
export function ExportDialog() {
  const { playback } = useStores()
  const shown = useRun((state) => state.shown)
  const step = useLaneStep(leaderOf(shown)?.id ?? '')
  const [filmed, setFilmed] = useState<number | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [saved, setSaved] = useState('')
  const gif = useRef<HTMLButtonElement>(null)
  const [filming, setFilming] = useState<AbortController | null>(null)
  // Leaving the dialog ends what was begun in it.
  useEffect(() => () => filming?.abort(), [filming])
  if (shown === null) return null
  const save = (content: BlobPart, type: string, ending: string) => {
    const name = fileName(shown.prompt, ending)
    saveFile(content, type, name)
    setSaved(`Saved as ${name}.`)
  }

  const savePng = async () => {
    const { timeline, at } = playback.getState()
    save(await makePng(pictureOf(shown, timeline, timeline.moments[at]!)), 'image/png', 'png')
  }
  const saveGif = async () => {
    if (filmed !== null) return
    const controller = new AbortController()
    setFilming(controller)
    setFilmed(0)
    try {
      const bytes = await makeGif(shown, playback.getState().timeline, controller.signal, setFilmed)
      save(bytes, 'image/gif', 'gif')
    } finally {
      // The button to cancel goes: who stands on it goes back to where it began, and not out of the dialog.
      gif.current?.focus()
      setFilmed(null)
    }
  }
  const tried = (make: () => Promise<void>) => () => {
    setFailure(null)
    setSaved('')
    make().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') return
      setFailure(`The picture could not be made: ${String(error)}. Save the run as JSON instead.`)
    })
  }
  return (
    <div className="export">
      <h2>Save as a file</h2>
      <ul className="export-kinds">
        <Kind
          name="JSON"
          hint="the whole trace; opens here again"
          save={() => save(exportJson(shown), 'application/json', 'json')}
        />
        <Kind
          name="Markdown"
          hint="the answers with their numbers"
          save={() => save(exportMarkdown(shown), 'text/markdown', 'md')}
        />
        <Kind name="PNG" hint={`a picture of step ${step}`} save={tried(savePng)} />
        <Kind name="GIF" hint="the run, moving" button={gif} save={tried(saveGif)} />
      </ul>
      {filmed !== null && (
        <div className="button-row">
          <ProgressBar className="progress" aria-label="Making the GIF" value={100 * filmed}>
            {({ percentage }) => <div className="progress-fill" style={{ width: `${percentage ?? 0}%` }} />}
          </ProgressBar>
          <Button className="quiet-button" onPress={() => filming?.abort()}>
            Cancel
          </Button>
        </div>
      )}
      <p role="status">{saved}</p>
      {failure !== null && <p role="alert">{failure}</p>}
    </div>
  )
}

function Kind({
  name,
  hint,
  button,
  save,
}: {
  readonly name: string
  readonly hint: string
  /** It is never switched off: the focus on it would be lost, and with it every key. */
  readonly button?: RefObject<HTMLButtonElement | null>
  readonly save: () => void
}) {
  return (
    <li>
      <Button ref={button ?? null} className="quiet-button" onPress={save}>
        {name}
      </Button>
      <span>{hint}</span>
    </li>
  )
}
