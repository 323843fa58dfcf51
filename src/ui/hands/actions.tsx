import './actions.css'
import { useState, type FormEvent } from 'react'
import { Button } from 'react-aria-components/Button'
import { whyNotForked } from '../../store/fork-lane.ts'
import { canvasAt } from '../../trace/canvas.ts'
import { cellTexts } from '../../trace/decode-pieces.ts'
import type { Range } from '../../trace/edits.ts'
import { useRun, useStores } from '../stores-context.ts'
import { maskAgain, pin, replace, tokensOf, type Handled } from './act.ts'

interface Props {
  readonly at: Handled
  readonly range: Range
}

/** What can be done to the positions that are chosen. */
export function Actions({ at, range }: Props) {
  const stores = useStores()
  const { lane, trace, step } = at
  const why = useRun(({ shown }) => whyNotForked(shown, lane.id))
  const [complaint, setComplaint] = useState<string | null>(null)
  const [typing, setTyping] = useState(false)
  if (why !== null) return <p className="explain-hint">{why}</p>
  const isCanvas = lane.decoder === 'diffusion'
  const put = async (typed: string) => {
    setComplaint(null)
    const text = withBlank(typed, blankAt(at, range[0]))
    const tokens = await tokensOf(stores, lane, text, () => setComplaint('The model is loaded first…'))
    const said = typeof tokens === 'string' ? tokens : replace(stores, at, range, tokens)
    setComplaint(said)
    if (said === null) setTyping(false)
  }
  return (
    <div className="hands" role="group" aria-label="Change it">
      <div className="hands-row">
        {isCanvas && (
          <Button className="quiet-button" onPress={() => setComplaint(pin(stores, at, range))}>
            Pin
          </Button>
        )}
        <Button className="quiet-button" aria-expanded={typing} onPress={() => setTyping(!typing)}>
          Replace
        </Button>
        {isCanvas && (
          <Button className="quiet-button" onPress={() => setComplaint(maskAgain(stores, at, range))}>
            Mask again
          </Button>
        )}
      </div>
      {typing && <Typed key={`${step} ${range.join(' ')}`} onPut={put} trace={trace.header.decoder} />}
      {complaint !== null && (
        <p className="hands-complaint" role="alert">
          {complaint}
        </p>
      )}
    </div>
  )
}

interface TypedProps {
  readonly onPut: (text: string) => Promise<void>
  readonly trace: string
}

/** A text of one's own. */
function Typed({ onPut, trace }: TypedProps) {
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    void onPut(text).finally(() => setBusy(false))
  }
  return (
    <form className="hands-row" onSubmit={submit}>
      <input
        className="hands-text"
        aria-label="Text to put there"
        value={text}
        // Somebody pressed the button to type here.
        autoFocus
        autoComplete="off"
        placeholder="your text, or press a candidate"
        onChange={(event) => setText(event.target.value)}
      />
      <Button className="quiet-button" type="submit" isDisabled={busy || text === ''}>
        Put it there
      </Button>
      {trace === 'autoregressive' && <p className="explain-hint">What stands behind it is written anew.</p>}
    </form>
  )
}

/** Whether a word that is typed at a position begins with a blank: not at the start, and not in the midst of another. */
function blankAt({ lane, trace, step }: Handled, position: number): boolean {
  const { positions } = canvasAt(trace, step)
  const id = positions[position]?.id ?? canvasAt(trace, trace.steps.length).positions[position]?.id ?? null
  if (position === 0) return false
  const standing = id === null ? '' : cellTexts([id], lane.pieces, trace.header.vocabulary)[0]!
  return !/^[\p{L}\p{N}\n]/u.test(standing)
}

function withBlank(text: string, blank: boolean): string {
  return blank && /^[\p{L}\p{N}]/u.test(text) ? ` ${text}` : text
}
