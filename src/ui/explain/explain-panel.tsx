import './explain.css'
import { useMemo } from 'react'
import { Button } from 'react-aria-components/Button'
import { laneOf, type Lane } from '../../share/comparison.ts'
import type { TokenPlace } from '../../store/inspection.ts'
import type { Trace } from '../../trace/trace.ts'
import { useLaneStep } from '../lane-step.ts'
import { cellLooks, type CellLook } from '../lane/cell-look.ts'
import { frameNow } from '../lane/frame-now.ts'
import { TokenText } from '../lane/token-text.tsx'
import { useInspection, useRun, useStores } from '../stores-context.ts'
import { CandidateList } from './candidate-list.tsx'
import { ReadingFacts } from './reading-facts.tsx'
import { whyHere } from './why-here.ts'

/** Why the token that is pointed at or pinned stands where it stands. */
export function ExplainPanel() {
  const { inspection } = useStores()
  const place = useInspection((state) => state.pinned ?? state.pointed)
  const pinned = useInspection((state) => state.pinned !== null)
  const lane = useRun(({ shown }) => laneOf(shown, place?.lane ?? ''))
  return (
    <aside className="explain" aria-label="Why this token" data-pinned={pinned || undefined}>
      <div className="explain-title">
        <h2>Why this token</h2>
        {pinned && (
          <Button className="quiet-button" onPress={() => inspection.getState().unpin()}>
            Unpin
          </Button>
        )}
      </div>
      {place === null || lane === null || lane.trace === null ? (
        <p className="explain-hint">
          Point at a token, move to it with the arrow keys, or tap it: here stands what else the model
          considered, how sure it was, and why it was committed at that step.
        </p>
      ) : (
        <Answer place={place} lane={lane} trace={lane.trace} />
      )}
    </aside>
  )
}

interface AnswerProps {
  readonly place: TokenPlace
  readonly lane: Lane
  readonly trace: Trace
}

function Answer({ place: { position }, lane, trace }: AnswerProps) {
  const step = useLaneStep(lane.id)
  const { header } = trace
  const look = useMemo(
    () => cellLooks(frameNow(trace, step), lane.pieces, header)[position],
    [trace, step, lane, header, position],
  )
  const { sentence, past, reading, lack } = useMemo(
    () => whyHere({ trace, pieces: lane.pieces }, step, position),
    [trace, lane, step, position],
  )
  const id = frameNow(trace, step).cells[position]?.id ?? null
  return (
    <>
      <p className="explain-place">{`${lane.name}, position ${position + 1}`}</p>
      {look !== undefined && <Token look={look} />}
      <p className="explain-sentence">{past === '' ? sentence : `${sentence} ${past}`}</p>
      {reading !== null && (
        <CandidateList
          reading={reading}
          whole={header.knowledge.candidates}
          chosen={id}
          end={header.vocabulary.end}
        />
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
