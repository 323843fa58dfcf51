import type { Lane } from '../../share/comparison.ts'
import { MOST_LANES } from '../../share/comparison.ts'
import type { Decoder } from '../../trace/trace.ts'

/**
 * Which of the style sheet's accents, from 1, is a lane's. Diffusion takes them from the one end and autoregression
 * from the other, so that up to six lanes never share one, and the first of each always looks the same.
 */
export function accentOf(
  lanes: readonly Pick<Lane, 'id' | 'decoder'>[],
  { id, decoder }: { readonly id: string; readonly decoder: Decoder },
): number {
  const place = lanes.filter((lane) => lane.decoder === decoder).findIndex((lane) => lane.id === id)
  const nth = Math.max(0, place) % MOST_LANES
  return decoder === 'diffusion' ? nth + 1 : MOST_LANES - nth
}
