import './share.css'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { exportJson } from '../../share/exchange/export-json.ts'
import type { SharedPlayhead } from '../../share/link/shared-comparison.ts'
import type { LinkNote } from '../../share/link/to-shared.ts'
import { leaderOf, type Comparison } from '../../share/comparison.ts'
import { atRest } from '../../store/at-rest.ts'
import { standOf } from '../../trace/timeline.ts'
import { fileName, saveFile } from '../save-file.ts'
import { useRun, useStores } from '../stores-context.ts'
import { LessonFields } from './lesson-fields.tsx'
import { CHAT_LIMIT, makeLink } from './make-link.ts'

type Copied = 'not yet' | 'copied' | 'refused'

/** The link of what is shown, copied as soon as it is there. */
export function ShareDialog() {
  const { playback } = useStores()
  const shown = useRun((state) => state.shown)
  // The playhead as it stood when Share was pressed, though it may be moving on.
  const [playhead] = useState((): SharedPlayhead => {
    const { timeline, at, clock } = playback.getState()
    return { clock, steps: timeline.moments[at]?.steps ?? [] }
  })
  const [note, setNote] = useState<LinkNote>({})
  const comparison = useMemo(() => atRest(shown), [shown])
  const made = useMemo(() => comparison && makeLink(comparison, playhead, note), [comparison, playhead, note])
  if (made === null || comparison === null) return null
  const saveJson = () =>
    saveFile(exportJson(comparison), 'application/json', fileName(comparison.prompt, 'json'))
  return (
    <div className="share">
      <h2>Share this comparison</h2>
      {'complaint' in made ? (
        <FileInstead sentence={made.complaint} save={saveJson} />
      ) : (
        <>
          <LinkField address={made.address} prompt={comparison.prompt} />
          {made.address.length > CHAT_LIMIT && (
            <FileInstead
              sentence={`Longer than the ${grouped(CHAT_LIMIT)} characters that some chat programs keep: there it may arrive damaged. A file always arrives whole.`}
              save={saveJson}
            />
          )}
          <LessonFields note={note} onChange={setNote} />
          <p className="share-fine">
            The link itself holds {comparison.lanes.length > 1 ? 'all answers' : 'the answer'}, with steps and
            times, and opens where the playhead stands{place(comparison, playhead)}. Guesses and other
            candidates are in a file only. No server sees or keeps it.
          </p>
        </>
      )}
    </div>
  )
}

/** Where the leader stands, to be read after "stands". */
function place(comparison: Comparison, { steps }: SharedPlayhead): string {
  const leader = leaderOf(comparison)
  const step = steps[comparison.lanes.findIndex(({ id }) => id === leader?.id)]
  return leader?.trace && step !== undefined && step !== null
    ? ` (${leader.name}: ${standOf(leader.trace, step)})`
    : ''
}

function LinkField({ address, prompt }: { readonly address: string; readonly prompt: string }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState<{ readonly address: string; readonly how: Copied } | null>(null)
  const how = copied?.address === address ? copied.how : 'not yet'
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address)
      setCopied({ address, how: 'copied' })
    } catch {
      setCopied({ address, how: 'refused' })
      field.current?.focus()
      field.current?.select()
    }
  }
  const first = useRef(copy)
  useEffect(() => void first.current(), [])
  return (
    <>
      <textarea
        ref={field}
        className="share-link"
        aria-label="Link"
        readOnly
        rows={3}
        value={address}
        onFocus={(event) => event.target.select()}
      />
      <div className="button-row">
        <p role="status">{status(how, address.length)}</p>
        {how !== 'copied' && (
          <Button className="quiet-button" onPress={() => void copy()}>
            Copy
          </Button>
        )}
        {'share' in navigator && (
          <Button
            className="quiet-button"
            onPress={() => {
              // Closing the system's sheet is not a failure.
              navigator.share({ title: 'Diffuscope', text: prompt, url: address }).catch(() => undefined)
            }}
          >
            Send…
          </Button>
        )}
      </div>
    </>
  )
}

function status(how: Copied, length: number): string {
  const size = `${grouped(length)} characters`
  if (how === 'copied') return `Copied: ${size}.`
  return how === 'refused'
    ? `${size}. The browser does not let this page copy: the link is selected, copy it yourself.`
    : `${size}.`
}

function FileInstead({ sentence, save }: { readonly sentence: string; readonly save: () => void }) {
  return (
    <div className="button-row">
      <p className="share-warning">{sentence}</p>
      <Button className="quiet-button" onPress={save}>
        Save as a file
      </Button>
    </div>
  )
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}
