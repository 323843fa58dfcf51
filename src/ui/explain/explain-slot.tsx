import { lazyPart } from '../controls/lazy-part.tsx'
import { useInspection } from '../stores-context.ts'

const Panel = lazyPart(async () => (await import('./explain-panel.tsx')).ExplainPanel)

/** Where it is told why a token stands where it stands: there once somebody asks, beside the place that is asked about. */
export function ExplainSlot() {
  const asked = useInspection(({ pinned, pointed }) => pinned !== null || pointed !== null)
  return asked ? <Panel /> : null
}
