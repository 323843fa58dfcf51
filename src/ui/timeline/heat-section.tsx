import { lazyPart } from '../controls/lazy-part.tsx'
import { useRun } from '../stores-context.ts'

const Strip = lazyPart(async () => (await import('./heat-strip.tsx')).HeatStrip)

/** The heat map of the leading lane, below all else; nothing before there is a lane. */
export function HeatSection() {
  const isShown = useRun(({ shown }) => shown !== null)
  return isShown ? <Strip /> : null
}
