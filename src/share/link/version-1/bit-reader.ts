import { demand } from '../link-damage.ts'

/** Reads what `BitWriter` wrote; throws `LinkDamage` at the end of the bytes. */
export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Next whole byte. */
  get byteOffset(): number {
    return Math.ceil(this.#at / 8)
  }

  fixed(width: number): number {
    demand(this.#at + width <= this.#bytes.length * 8, 'it ends too early')
    let value = 0
    for (let bit = 0; bit < width; bit++, this.#at++) {
      value = value * 2 + ((this.#bytes[this.#at >>> 3]! >>> (7 - (this.#at & 7))) & 1)
    }
    return value
  }

  rice(k: number): number {
    let ones = 0
    while (this.fixed(1) === 1) ones++
    return ones * 2 ** k + this.fixed(k)
  }

  expGolomb(k: number): number {
    let top = k
    while (this.fixed(1) === 1) top++
    demand(top <= 31, 'a number is too large')
    return 2 ** top + this.fixed(top) - 2 ** k
  }

  /** A count that must not pass `most`. */
  count(most: number, what: string): number {
    const value = this.expGolomb(4)
    demand(value <= most, `it claims ${value} ${what}`)
    return value
  }
}
