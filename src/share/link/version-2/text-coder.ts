import { demand } from '../link-damage.ts'
import { AdaptiveNumbers } from './adaptive.ts'
import type { BitCoder } from './bit-coder.ts'
import { PRIMER } from './primer.ts'
import { TextModel } from './text-model.ts'

/** Of all texts of a link together: a hostile one may claim them without holding them. */
export const MOST_BYTES = 24_000
/** Bytes of a text that passes which matter to what follows. */
const REMEMBERED = 6

/** Takes bits and writes them nowhere: for what writer and reader both know. */
const NOWHERE: BitCoder = { bit: (_, bit) => bit! }

/** The model that has read the primer; read once, copied for every link. */
let primed: TextModel | undefined

function primedModel(): TextModel {
  if (primed === undefined) {
    primed = new TextModel()
    for (const byte of PRIMER) primed.code(NOWHERE, byte)
  }
  return primed.copy()
}

/** Texts after one another, each with its length. */
export class TextCoder {
  readonly #model = primedModel()
  readonly #lengths = new AdaptiveNumbers()
  #total = 0

  /** Writes a text, or reads one where it is undefined; returns it. Throws `LinkDamage` beyond the limits. */
  code(coder: BitCoder, most: number, text?: Uint8Array): Uint8Array {
    const length = this.#lengths.code(coder, 0, text?.length)
    this.#total += length
    demand(length <= most && this.#total <= MOST_BYTES, 'its text is too long')
    return Uint8Array.from({ length }, (_, at) => this.#model.code(coder, text?.[at]))
  }

  /** A text that is known stands here: what follows is guessed from it. */
  pass(text: Uint8Array): void {
    for (const byte of text.subarray(-REMEMBERED)) this.#model.pass(byte)
  }
}
