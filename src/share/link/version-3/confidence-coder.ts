import { AdaptiveBits, AdaptiveNumbers } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { demand } from '../link-damage.ts'

/** The confidence of what is certain. */
const CERTAIN = 255

/** Probabilities in 255ths, or that they are not known. */
export class ConfidenceCoder {
  readonly #isUnknown: AdaptiveBits
  readonly #doubts: AdaptiveNumbers

  constructor(contexts: number) {
    this.#isUnknown = new AdaptiveBits(contexts)
    this.#doubts = new AdaptiveNumbers(contexts)
  }

  /** Writes a confidence, or reads one where it is undefined; returns it. */
  code(coder: BitCoder, context: number, confidence?: number | null): number | null {
    const unknown = confidence === undefined ? undefined : confidence === null
    if (this.#isUnknown.flag(coder, context, unknown)) return null
    const given = typeof confidence === 'number' ? CERTAIN - confidence : undefined
    const doubt = this.#doubts.code(coder, context, given)
    demand(doubt <= CERTAIN, 'a confidence is out of range')
    return CERTAIN - doubt
  }
}
