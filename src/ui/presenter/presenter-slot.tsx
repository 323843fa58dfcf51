import { useStore } from 'zustand'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useStores } from '../stores-context.ts'

const Bar = lazyPart(async () => (await import('./presenter-bar.tsx')).PresenterBar)

/** What a presenter has at hand, while something is presented. */
export function PresenterSlot() {
  return useStore(useStores().presenter, ({ on }) => on) ? <Bar /> : null
}
