import type { Explanation } from '../../trace/explain.ts'
import type { Knowledge } from '../../trace/knowledge.ts'

interface Props {
  readonly reading: Explanation
  readonly knowledge: Knowledge
}

/** How undecided the model was, and when it decided; "not known" where the record does not say. */
export function ReadingFacts({ reading: { entropy, committedAt, guessChanges }, knowledge }: Props) {
  return (
    <dl className="explain-facts">
      <Fact name="Entropy" value={Number.isNaN(entropy) ? 'not known' : `${entropy.toFixed(2)} nats`} />
      <Fact name="Committed" value={committedAt === null ? 'not yet' : `step ${committedAt}`} />
      <Fact name="Guess changed" value={knowledge.guesses ? times(guessChanges) : 'not known'} />
    </dl>
  )
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
