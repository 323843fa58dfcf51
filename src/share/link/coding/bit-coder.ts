/**
 * An arithmetic coder of bits (Witten, Neal and Cleary, 1987). Writing and reading are one interface, so that
 * what is coded is described once for both ways.
 */
export interface BitCoder {
  /**
   * Writes `bit`, or reads one where it is undefined; returns it either way.
   *
   * @param p probability of a one, in 65536ths, 1 to 65535
   */
  bit(p: number, bit: number | undefined): number
}

/** Where [low, high] is cut: all below the cut, it included, stands for a one. Whole numbers of 32 bits. */
function cut(low: number, high: number, p: number): number {
  return low + Math.floor(((high - low) * p) / 65_536)
}

export class BitEncoder implements BitCoder {
  readonly #bytes: number[] = []
  #low = 0
  #high = 0xffff_ffff

  bit(p: number, bit: number | undefined): number {
    const middle = cut(this.#low, this.#high, p)
    if (bit === 1) this.#high = middle
    else this.#low = middle + 1
    while (this.#low >>> 24 === this.#high >>> 24) {
      this.#bytes.push(this.#high >>> 24)
      this.#low = (this.#low << 8) >>> 0
      this.#high = ((this.#high << 8) | 0xff) >>> 0
    }
    return bit!
  }

  /** All that was written. Zeros behind it are left out: the decoder reads them there. */
  finish(): Uint8Array {
    if (this.#low > 0) this.#bytes.push((this.#low >>> 24) + 1)
    while (this.#bytes.at(-1) === 0) this.#bytes.pop()
    return Uint8Array.from(this.#bytes)
  }
}

/** Bytes that the decoder holds ahead of what it has read. */
const AHEAD = 4

/** Reads what `BitEncoder` wrote, with the same probabilities; throws `LinkDamage` beyond the end. */
export class BitDecoder implements BitCoder {
  readonly #bytes: Uint8Array
  #at = 0
  #low = 0
  #high = 0xffff_ffff
  #value = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    for (let i = 0; i < AHEAD; i++) this.#take()
  }

  #take(): void {
    this.#value = ((this.#value << 8) | (this.#bytes[this.#at++] ?? 0)) >>> 0
  }

  bit(p: number): number {
    const middle = cut(this.#low, this.#high, p)
    const bit = this.#value <= middle ? 1 : 0
    if (bit === 1) this.#high = middle
    else this.#low = middle + 1
    while (this.#low >>> 24 === this.#high >>> 24) {
      this.#low = (this.#low << 8) >>> 0
      this.#high = ((this.#high << 8) | 0xff) >>> 0
      this.#take()
    }
    return bit
  }
}
