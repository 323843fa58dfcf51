import type { BitCoder } from './bit-coder.ts'
import { TextModel } from './text-model.ts'

/** Takes bits and writes them nowhere: for what writer and reader both know. */
const NOWHERE: BitCoder = { bit: (_, bit) => bit! }

/** What a text model has read before the first letter of a link; every version has its own. */
export class Primer {
  readonly #text: string
  #primed: TextModel | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** A model that has read it; it is read once, and copied for every link. */
  model(): TextModel {
    if (this.#primed === undefined) {
      this.#primed = new TextModel()
      for (const byte of new TextEncoder().encode(this.#text)) this.#primed.code(NOWHERE, byte)
    }
    return this.#primed.copy()
  }
}
