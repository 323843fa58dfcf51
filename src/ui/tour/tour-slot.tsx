import { useStore } from 'zustand'
import { lazyPart } from '../controls/lazy-part.tsx'
import { useStores } from '../stores-context.ts'

const Captions = lazyPart(async () => (await import('./tour.tsx')).Tour)

/** Room for the captions, there once somebody is led. */
export function TourSlot() {
  const isOpen = useStore(useStores().tour, ({ at }) => at !== null)
  return isOpen ? <Captions /> : null
}
