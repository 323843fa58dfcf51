import { useMemo } from 'react'
import { Proposals } from './proposals.tsx'
import type { Comparison } from '../../share/comparison.ts'
import { verdictFacts } from '../../trace/verdict-facts.ts'
import { verdict } from '../../trace/verdict.ts'

interface Props {
  readonly shown: Comparison
}

/** A lane by its short name: the decoder of a fresh run by its usual letters. */
function called(name: string): string {
  return name === 'Autoregressive' ? 'AR' : name
}

/** The verdict's sentences, the one on time first. */
export function VerdictFactsList({ shown }: Props) {
  const { first, facts } = useMemo(() => {
    const lanes = shown.lanes.flatMap(({ name, trace, pieces }) =>
      trace === null ? [] : [{ name: called(name), trace, pieces }],
    )
    return { first: verdict(lanes), facts: verdictFacts(shown.prompt, lanes) }
  }, [shown])
  return (
    <>
      {first !== null && <p className="verdict-sentence">{first}</p>}
      <ul className="verdict-facts">
        {facts.map(({ kind, sentence }) => (
          <li key={sentence} data-fact={kind}>
            {sentence}
          </li>
        ))}
      </ul>
      <Proposals shown={shown} />
    </>
  )
}
