import './explain.css'
import { useMemo, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { laneOf, type Lane } from '../../share/comparison.ts'
import type { TokenPlace } from '../../store/inspection.ts'
import type { Trace } from '../../trace/trace.ts'
import { useLaneStep } from '../lane-step.ts'
import { cellLooks, type CellLook } from '../lane/cell-look.ts'
import { frameNow } from '../lane/frame-now.ts'
import { TokenText } from '../lane/token-text.tsx'
import { canvasAt } from '../../trace/canvas.ts'
import { explain } from '../../trace/explain.ts'
import { Actions } from '../hands/actions.tsx'
import { replace } from '../hands/act.ts'
import { tellerOf } from '../hands/teller-of.ts'
import { standingAt } from '../hands/standing-at.ts'
import { useHands, useInspection, useOpened, useRun, useStores } from '../stores-context.ts'
import { CandidateList } from './candidate-list.tsx'
import { ReadingFacts } from './reading-facts.tsx'
import { useBeside } from './use-beside.ts'
import { whyHere } from './why-here.ts'

/** Why the token that is pointed at or pinned stands where it stands. */
export function ExplainPanel() {
  const { inspection } = useStores()
  const place = useInspection((state) => state.pinned ?? state.pointed)
  const pinned = useInspection((state) => state.pinned !== null)
  const lane = useRun(({ shown }) => laneOf(shown, place?.lane ?? ''))
  const panel = useBeside(place, lane)
  return (
    <aside ref={panel} className="explain" aria-label="Why this token" data-pinned={pinned || undefined}>
      <div className="explain-title">
        <h2>Why this token</h2>
        {pinned && (
          <Button className="quiet-button" onPress={() => inspection.getState().unpin()}>
            Close
          </Button>
        )}
      </div>
      {place === null || lane === null || lane.trace === null ? (
        <p className="explain-hint">Nothing is known of this place yet.</p>
      ) : (
        <Answer key={place.position} place={place} lane={lane} trace={lane.trace} />
      )}
    </aside>
  )
}

interface AnswerProps {
  readonly place: TokenPlace
  readonly lane: Lane
  readonly trace: Trace
}

function Answer({ place, lane, trace }: AnswerProps) {
  const { to = place.position } = place
  const [position, last] = [Math.min(place.position, to), Math.max(place.position, to)]
  const step = useLaneStep(lane.id)
  const { header } = trace
  const stores = useStores()
  const parent = useRun(({ shown }) => laneOf(shown, lane.parent?.lane ?? ''))
  const draft = useHands(({ drafts }) => drafts[lane.id])
  const chosen = useInspection(({ pinned }) => pinned === place)
  const handsOff = useOpened(({ opened }) => opened?.teacher.hideControls ?? false)
  const now = useMemo(
    () => standingAt({ trace, pieces: lane.pieces }, step, draft),
    [trace, lane, step, draft],
  )
  const look = useMemo(() => cellLooks(now.trace, now.step, now.pieces)[position], [now, position])
  const { sentence, past, reading, lack } = useMemo(() => {
    const last = canvasAt(now.trace, now.step).positions[position]?.history.at(-1)?.step ?? now.step
    const teller = now.trace === trace ? (tellerOf(lane, parent, last) ?? trace) : now.trace
    const why = whyHere(
      { ...now, trace: teller },
      teller === trace ? now.step : Math.min(now.step, lane.parent?.step ?? now.step),
      position,
    )
    // What a person put there was not read: the candidates are those from before.
    return now.changes.length > 0 && why.reading === null
      ? { ...why, reading: explain(trace, step, position, lane.pieces) }
      : why
  }, [now, trace, step, lane, parent, position])
  const id = frameNow(now.trace, now.step).cells[position]?.id ?? null
  const at = { lane, trace, step }
  const isOpen = chosen && !handsOff
  const [told, setTold] = useState<string | null>(null)
  return (
    <>
      <p className="explain-place">
        {last === position
          ? `${lane.name}, position ${position + 1}`
          : `${lane.name}, positions ${position + 1} to ${last + 1}; of the first:`}
      </p>
      {look !== undefined && <Token look={look} />}
      <p className="explain-sentence">{past === '' ? sentence : `${sentence} ${past}`}</p>
      {isOpen && <Actions key={last} at={at} range={[position, last]} />}
      {reading !== null && (
        <CandidateList
          reading={reading}
          whole={header.knowledge.candidates}
          chosen={id}
          end={header.vocabulary.end}
          {...(isOpen && {
            onChoose: (token: number, text: string) =>
              setTold(replace(stores, at, [position, position], { ids: [token], text })),
          })}
        />
      )}
      {told !== null && (
        <p className="explain-hint" role="alert">
          {told}
        </p>
      )}
      {lack !== '' && <p className="explain-hint">{lack}</p>}
      {reading !== null && <ReadingFacts reading={reading} knowledge={header.knowledge} />}
    </>
  )
}

function Token({ look: { state, text, isEnd } }: { readonly look: CellLook }) {
  return (
    <p className="explain-token" translate="no" data-state={state}>
      {state === 'masked' || isEnd ? (
        <span key={state}>{isEnd ? 'end of answer' : 'masked'}</span>
      ) : (
        <TokenText text={text} />
      )}
    </p>
  )
}
