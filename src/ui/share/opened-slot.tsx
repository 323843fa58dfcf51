import { lazyPart } from '../controls/lazy-part.tsx'
import { useOpened } from '../stores-context.ts'

const Bar = lazyPart(async () => (await import('./opened-bar.tsx')).OpenedBar)

/** Where it is told what came by a link: there once something has. */
export function OpenedSlot() {
  const opened = useOpened((state) => state.opened)
  return opened === null ? null : <Bar opened={opened} />
}
