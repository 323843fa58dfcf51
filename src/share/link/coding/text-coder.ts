import { demand } from '../link-damage.ts'
import { AdaptiveNumbers } from './adaptive.ts'
import type { BitCoder } from './bit-coder.ts'
import type { Primer } from './primer.ts'
import type { TextModel } from './text-model.ts'

/** Bytes of a text that passes which matter to what follows. */
const REMEMBERED = 6

/** Texts after one another, each with its length. */
export class TextCoder {
  readonly #model: TextModel
  readonly #most: number
  readonly #lengths = new AdaptiveNumbers()
  #total = 0

  /** @param most bytes of all texts together: a hostile link may claim them without holding them */
  constructor(primer: Primer, most: number) {
    this.#model = primer.model()
    this.#most = most
  }

  /** Writes a text, or reads one where it is undefined; returns it. Throws `LinkDamage` beyond the limits. */
  code(coder: BitCoder, most: number, text?: Uint8Array): Uint8Array {
    const length = this.#lengths.code(coder, 0, text?.length)
    this.#total += length
    demand(length <= most && this.#total <= this.#most, 'its text is too long')
    return Uint8Array.from({ length }, (_, at) => this.#model.code(coder, text?.[at]))
  }

  /** A text that is known stands here: what follows is guessed from it. */
  pass(text: Uint8Array): void {
    for (const byte of text.subarray(-REMEMBERED)) this.#model.pass(byte)
  }
}
