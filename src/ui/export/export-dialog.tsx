import './export.css'
import { useEffect, useState } from 'react'
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
  const [filming, setFilming] = useState<AbortController | null>(null)
  // Leaving the dialog ends what was begun in it.
  useEffect(() => () => filming?.abort(), [filming])
  if (shown === null) return null
  const name = (ending: string) => fileName(shown.prompt, ending)

  const savePng = async () => {
    const { timeline, at } = playback.getState()
    saveFile(await makePng(pictureOf(shown, timeline, timeline.moments[at]!)), 'image/png', name('png'))
  }
  const saveGif = async () => {
    const controller = new AbortController()
    setFilming(controller)
    setFilmed(0)
    try {
      const bytes = await makeGif(shown, playback.getState().timeline, controller.signal, setFilmed)
      saveFile(bytes, 'image/gif', name('gif'))
    } finally {
      setFilmed(null)
    }
  }
  const tried = (make: () => Promise<void>) => () => {
    setFailure(null)
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
          save={() => saveFile(exportJson(shown), 'application/json', name('json'))}
        />
        <Kind
          name="Markdown"
          hint="the answers with their numbers"
          save={() => saveFile(exportMarkdown(shown), 'text/markdown', name('md'))}
        />
        <Kind name="PNG" hint={`a picture of step ${step}`} save={tried(savePng)} />
        <Kind name="GIF" hint="the run, moving" disabled={filmed !== null} save={tried(saveGif)} />
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
      {failure !== null && <p role="alert">{failure}</p>}
    </div>
  )
}

function Kind({
  name,
  hint,
  disabled = false,
  save,
}: {
  readonly name: string
  readonly hint: string
  readonly disabled?: boolean
  readonly save: () => void
}) {
  return (
    <li>
      <Button className="quiet-button" isDisabled={disabled} onPress={save}>
        {name}
      </Button>
      <span>{hint}</span>
    </li>
  )
}
