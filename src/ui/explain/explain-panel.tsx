import { useMemo } from 'react'
import { Button } from 'react-aria-components/Button'
import { explain } from '../../trace/explain.ts'
import { frameAt } from '../../trace/frame-at.ts'
import { cellTexts } from '../../trace/decode-pieces.ts'
import { isWithout, type Shown } from '../../store/shown.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Place } from '../../store/inspection.ts'
import { useLaneStep } from '../lane-step.ts'
import { LANE_NAMES } from '../lane/lane-names.ts'
import { TokenText } from '../lane/token-text.tsx'
import { useInspection, useRun, useStores } from '../stores-context.ts'
import { CandidateList } from './candidate-list.tsx'

/** Why the token that is pointed at or pinned stands where it stands. */
export function ExplainPanel() {
  const { inspection } = useStores()
  const place = useInspection((state) => state.pinned ?? state.pointed)
  const pinned = useInspection((state) => state.pinned !== null)
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
      {place === null ? (
        <p className="explain-hint">
          Point at a token, move to it with the arrow keys, or tap it: here stands what else the model
          considered, how sure it was, and why it was committed at that step.
        </p>
      ) : (
        <Answer place={place} />
      )}
    </aside>
  )
}

function Answer({ place: { lane, position } }: { readonly place: Place }) {
  const shown = useRun((state) => state.shown)
  const step = useLaneStep(lane)
  const trace = shown?.traces[lane] ?? null
  const found = useMemo(() => {
    if (trace === null || shown === null) return null
    const frame = frameAt(trace, step)
    const ids = frame.cells.map(({ id }) => id)
    return {
      cell: frame.cells[position],
      text: cellTexts(ids, shown.pieces, trace.header.vocabulary)[position] ?? '',
      why: explain(trace, step, position, shown.pieces),
    }
  }, [trace, shown, step, position])
  const where = `${LANE_NAMES[lane]}, position ${position + 1}`
  if (found === null || found.why === null || trace === null) {
    return (
      <>
        <p className="explain-place">{where}</p>
        {trace?.header.record !== undefined && found?.cell !== undefined && (
          <p className="explain-token" translate="no" data-state={found.cell.state}>
            <TokenText text={found.text} />
          </p>
        )}
        <p className="explain-hint">
          {trace?.header.record !== undefined
            ? historyOf(
                trace,
                step,
                position,
                (id) => cellTexts([id], shown!.pieces, trace.header.vocabulary)[0]!,
              )
            : isWithout(shown, 'guesses')
              ? 'Not committed at this step; a link holds no guesses. Move the step slider on.'
              : 'Nothing was read here at this step. Move the step slider on.'}
        </p>
      </>
    )
  }
  const { cell, text, why } = found
  const { end } = trace.header.vocabulary
  return (
    <>
      <p className="explain-place">{where}</p>
      <p className="explain-token" translate="no" data-state={cell?.state}>
        {cell?.state === 'masked' ? 'masked' : cell?.id === end ? 'end of answer' : <TokenText text={text} />}
      </p>
      <p className="explain-sentence">
        {isWithout(shown, 'reasons') ? 'Why it was committed is not in the file.' : why.sentence}
      </p>
      <CandidateList
        candidates={why.candidates}
        tail={isWithout(shown, 'candidates') ? null : why.tail}
        chosen={cell?.id}
        end={end}
      />
      {lackSentence(shown) !== '' && <p className="explain-hint">{lackSentence(shown)}</p>}
      <dl className="explain-facts">
        <div>
          <dt>Entropy</dt>
          <dd>{Number.isNaN(why.entropy) ? 'not known' : `${why.entropy.toFixed(2)} nats`}</dd>
        </div>
        <div>
          <dt>Committed</dt>
          <dd>{why.committedAt === null ? 'not yet' : `step ${why.committedAt}`}</dd>
        </div>
        <div>
          <dt>Guess changed</dt>
          <dd>
            {isWithout(shown, 'guesses')
              ? 'not known'
              : why.guessChanges === 1
                ? 'once'
                : `${why.guessChanges} times`}
          </dd>
        </div>
      </dl>
    </>
  )
}

/** All that is known of a place where a service sent text. */
function historyOf(
  { steps, header }: Trace,
  step: number,
  position: number,
  textOf: (id: number) => string,
): string {
  const changes = steps
    .slice(0, step)
    .flatMap(({ step: update, commits }) =>
      commits.filter((commit) => commit.position === position).map(({ id }) => ({ update, id })),
    )
  const [first] = changes
  if (first === undefined) return 'Nothing has come here yet.'
  const before = changes
    .slice(0, -1)
    .filter(({ id }) => id !== header.vocabulary.mask)
    .map(({ id }) => `“${textOf(id).trim()}”`)
  const changed =
    before.length === 0
      ? ''
      : ` Before update ${changes.at(-1)!.update} stood here ${before.join(', then ')}.`
  return `Came with update ${first.update}.${changed} The service sends text only: how sure its model was, and what else it considered, is not known.`
}

/** What is not there to be shown, and why. */
function lackSentence(shown: Shown | null): string {
  if (!isWithout(shown, 'candidates')) return ''
  return isWithout(shown, 'guesses')
    ? 'A link holds the chosen token only: run it here, or ask for the file, to see the other candidates.'
    : 'The file holds no other candidates.'
}
