import type { Comparison } from '../../share/comparison.ts'
import { FRESH_LANES } from '../../store/recipe.ts'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useRun } from '../stores-context.ts'

const Results = lazyPart(async () => (await import('./results.tsx')).Results)

/** A table says more than a sentence where lanes are many, or other ones than those of a fresh run. */
function isTold({ lanes }: Comparison): boolean {
  const isFresh = (id: string) => FRESH_LANES.some((fresh) => fresh.id === id)
  const hasEnded = lanes.some(({ trace }) => trace?.status === 'done')
  return (
    hasEnded &&
    (lanes.length > FRESH_LANES.length || (lanes.length > 1 && !lanes.every(({ id }) => isFresh(id))))
  )
}

/** The results of a race, below its lanes. */
export function ResultsSlot() {
  const shown = useRun((state) => state.shown)
  return shown !== null && isTold(shown) ? <Results shown={shown} /> : null
}
