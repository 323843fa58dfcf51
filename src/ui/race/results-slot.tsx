import type { Comparison } from '../../share/comparison.ts'
import { FRESH_LANES } from '../../store/recipe.ts'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useRepeat, useRun } from '../stores-context.ts'

const Results = lazyPart(async () => (await import('./results.tsx')).Results)

const Repeated = lazyPart(async () => (await import('./repeated.tsx')).Repeated)

/** A table says more than a sentence where lanes are many, or other ones than those of a fresh run. */
function isTold({ lanes }: Comparison): boolean {
  const isFresh = (id: string) => FRESH_LANES.some((fresh) => fresh.id === id)
  const hasEnded = lanes.some(({ trace }) => trace?.status === 'done')
  return (
    hasEnded &&
    (lanes.length > FRESH_LANES.length || (lanes.length > 1 && !lanes.every(({ id }) => isFresh(id))))
  )
}

/** The results of a race, below its lanes, and of the runs of one that is repeated while it is shown. */
export function ResultsSlot() {
  const shown = useRun((state) => state.shown)
  const isRepeated = useRepeat(({ runs, prompt }) => runs.length > 0 && prompt === shown?.prompt)
  if (shown === null) return null
  return (
    <>
      {isTold(shown) && <Results shown={shown} />}
      {isRepeated && <Repeated />}
    </>
  )
}
