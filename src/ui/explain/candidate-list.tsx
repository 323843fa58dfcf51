import type { CSSProperties } from 'react'
import type { Explanation } from '../../trace/explain.ts'
import { TokenText } from '../lane/token-text.tsx'
import { percent } from '../numbers.ts'

interface Props {
  /** Most probable first. */
  readonly candidates: Explanation['candidates']
  /** Probability of all others; null where it is not known. */
  readonly tail: number | null
  /** The token that stands in the cell. */
  readonly chosen: number | undefined
  /** Id of the end of sequence, which has no text. */
  readonly end: number
}

/** What the model considered, with bars as long as the probabilities. */
export function CandidateList({ candidates, tail, chosen, end }: Props) {
  return (
    <ol className="candidates" translate="no">
      {candidates.map(({ id, probability, text }) => (
        <li key={id} data-chosen={id === chosen || undefined} style={bar(probability)}>
          <span className="candidate-text">
            {id === end ? (
              <em>end of answer</em>
            ) : text === '' ? (
              <em>token without text</em>
            ) : (
              <TokenText text={text} />
            )}
          </span>
          <span className="candidate-bar" aria-hidden="true" />
          <span className="candidate-share">{percent(probability)}</span>
        </li>
      ))}
      {tail !== null && (
        <li className="candidate-tail" style={bar(tail)}>
          <span className="candidate-text">all others</span>
          <span className="candidate-bar" aria-hidden="true" />
          <span className="candidate-share">{percent(tail)}</span>
        </li>
      )}
    </ol>
  )
}

function bar(probability: number): CSSProperties {
  return { '--confidence': probability } as CSSProperties
}
