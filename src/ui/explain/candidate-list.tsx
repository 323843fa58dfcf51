import type { CSSProperties } from 'react'
import { Button } from 'react-aria-components/Button'
import type { Explanation } from '../../trace/explain.ts'
import { TokenText } from '../lane/token-text.tsx'
import { percent } from '../numbers.ts'

/** Besides the token that stands there. */
const MOST_OTHERS = 3

interface Props {
  readonly reading: Explanation
  /** Whether all candidates that were read are there: then what is left belongs to all others. */
  readonly whole: boolean
  /** The token that stands in the cell; null for none. */
  readonly chosen: number | null
  /** Id of the end of sequence, which has no text. */
  readonly end: number
  /** Puts a candidate there; absent where nobody can. */
  readonly onChoose?: (id: number, text: string) => void
}

/** What the model considered, with bars as long as the probabilities. A probability that isn't known isn't drawn. */
export function CandidateList({ reading: { candidates, tail }, whole, chosen, end, onChoose }: Props) {
  const known = candidates.filter(({ probability }) => !Number.isNaN(probability))
  if (known.length === 0) return null
  const others = known.filter(({ id }) => id !== chosen).slice(0, MOST_OTHERS)
  const listed = known.filter((each) => each.id === chosen || others.includes(each))
  const rest = known.reduce((sum, each) => sum + (listed.includes(each) ? 0 : each.probability), tail)
  return (
    <ol className="candidates" translate="no">
      {listed.map(({ id, probability, text }) => (
        <li key={id} data-chosen={id === chosen || undefined} style={bar(probability)}>
          <span className="candidate-text">
            {onChoose === undefined || id === chosen ? (
              <Candidate text={text} isEnd={id === end} />
            ) : (
              <Button
                className="candidate-choice"
                aria-label={`Put ${id === end ? 'the end of the answer' : `“${text.trim()}”`} here`}
                onPress={() => onChoose(id, id === end ? 'the end of the answer' : text)}
              >
                <Candidate text={text} isEnd={id === end} />
              </Button>
            )}
          </span>
          <span className="candidate-bar" aria-hidden="true" />
          <span className="candidate-share">{percent(probability)}</span>
        </li>
      ))}
      {whole && (
        <li className="candidate-tail" style={bar(rest)}>
          <span className="candidate-text">all others</span>
          <span className="candidate-bar" aria-hidden="true" />
          <span className="candidate-share">{percent(rest)}</span>
        </li>
      )}
    </ol>
  )
}

function Candidate({ text, isEnd }: { readonly text: string; readonly isEnd: boolean }) {
  if (isEnd) return <em>end of answer</em>
  return text === '' ? <em>token without text</em> : <TokenText text={text} />
}

function bar(probability: number): CSSProperties {
  return { '--confidence': probability } as CSSProperties
}
