import type { Explanation } from '../../trace/explain.ts'
import { TermWord } from '../terms/term.tsx'
import type { TermId } from '../terms/terms.ts'
import type { Knowledge } from '../../trace/knowledge.ts'

interface Props {
  readonly reading: Explanation
  readonly knowledge: Knowledge
}

/** How undecided the model was, and when it decided; "not known" where the record does not say. */
export function ReadingFacts({ reading: { entropy, committedAt, guessChanges }, knowledge }: Props) {
  return (
    <dl className="explain-facts">
      <Fact
        name="Entropy"
        term="entropy"
        value={Number.isNaN(entropy) ? 'not known' : `${entropy.toFixed(2)} nats`}
      />
      <Fact name="Committed" term="commit" value={committedAt === null ? 'not yet' : `step ${committedAt}`} />
      <Fact
        name="Guess changed"
        term="guess-changed"
        value={knowledge.guesses ? times(guessChanges) : 'not known'}
      />
    </dl>
  )
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

interface FactProps {
  readonly name: string
  readonly term: TermId
  readonly value: string
}

function Fact({ name, term, value }: FactProps) {
  return (
    <div>
      <dt>
        <TermWord id={term}>{name}</TermWord>
      </dt>
      <dd>{value}</dd>
    </div>
  )
}
