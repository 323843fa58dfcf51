import type { BitReader } from './bit-reader.ts'
import { Follower } from '../follower.ts'
import { demand } from '../link-damage.ts'
import { widthOf } from '../whole-numbers.ts'

/** Reads token ids: one bit where the guess is right, that bit and an index into the table where it is not; throws `LinkDamage`. */
export class TokenReader {
  readonly #from: BitReader
  readonly #table: readonly number[]
  readonly #follower = new Follower()

  constructor(from: BitReader, table: readonly number[]) {
    this.#from = from
    this.#table = table
  }

  read(n: number): number[] {
    const width = widthOf(this.#table.length - 1)
    return Array.from({ length: n }, () => {
      const guess = this.#follower.guess()?.id
      const isRight = guess !== undefined && this.#from.fixed(1) === 1
      const id = isRight ? guess : this.#table[this.#from.fixed(width)]
      demand(id !== undefined, 'a token has no text')
      this.#follower.see(id)
      return id
    })
  }
}
