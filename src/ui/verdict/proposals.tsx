import { Button } from 'react-aria-components/Button'
import type { Comparison } from '../../share/comparison.ts'
import { finalAnswer } from '../../trace/final-answer.ts'
import { proposalIn } from '../../trace/proposal-in.ts'
import { useOpened, useStores } from '../stores-context.ts'

/** What the answers propose to ask, as buttons that ask it. */
export function Proposals({ shown }: { readonly shown: Comparison }) {
  const { recipe, run } = useStores()
  const isLesson = useOpened(({ opened }) => opened?.teacher.hideControls ?? false)
  const proposals = new Set(
    shown.lanes.flatMap(({ trace, pieces }) => (trace && proposalIn(finalAnswer(trace, pieces))) ?? []),
  )
  if (isLesson || proposals.size === 0) return null
  return (
    <p className="proposals">
      {[...proposals].map((prompt) => (
        <Button
          key={prompt}
          className="quiet-button"
          onPress={() => {
            recipe.getState().setPrompt(prompt)
            void run.getState().start(recipe.getState())
          }}
        >
          {prompt}
        </Button>
      ))}
    </p>
  )
}
