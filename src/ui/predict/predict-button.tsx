import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { leaderOf } from '../../share/comparison.ts'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useRun } from '../stores-context.ts'

const Game = lazyPart(async () => (await import('./predict.tsx')).Predict)

/** Foretell which place is decided next: a game with the run that is shown. */
export function PredictButton() {
  const [on, setOn] = useState(false)
  const isOffered = useRun(({ shown }) => {
    const trace = leaderOf(shown)?.trace
    return trace?.header.decoder === 'diffusion' && trace.status === 'done'
  })
  if (!isOffered) return null
  return (
    <>
      <Button className="quiet-button" aria-pressed={on} onPress={() => setOn(!on)}>
        Predict
      </Button>
      {on && <Game />}
    </>
  )
}
