import { FetchedPart } from '../controls/fetched-part.tsx'
import { useOpened } from '../stores-context.ts'

const load = () => import('./opened-comparison.tsx').then(({ OpenedComparison }) => OpenedComparison)

/** What came by a link; its code is fetched with the first one. */
export function OpenedBar() {
  return useOpened(({ opened }) => opened !== null) && <FetchedPart load={load} />
}
