import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** A stream of uniform numbers in [0, 1), 53 bits each. */
export interface Random {
  next(): number
}

/** MurmurHash3's finalizer: neighbouring seeds and steps give unrelated streams. */
function scramble(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/**
 * The randomness of one step. A stream of its own for every (seed, step): a run that is resumed or forked
 * at a step draws what the unbroken run would have drawn.
 *
 * @param seed an integer
 * @param step from 1
 */
export function randomAt(seed: number, step: number): Random {
  const high = Math.floor(seed / 2 ** 32)
  const mixed = scramble(scramble(scramble(seed) ^ high) + Math.imul(step, 0x9e3779b9))
  const generator = xoroshiro128plus(mixed)
  return { next: () => uniformFloat64(generator) }
}
