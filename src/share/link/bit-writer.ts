/** Bits of the exponential-Golomb code of order k: short for small values, never long for large ones. */
export function expGolombBits(value: number, k: number): number {
  const top = 31 - Math.clz32(value + 2 ** k)
  return 2 * top - k + 1
}

/** Writes whole numbers from 0 to 2³¹ − 1, most significant bit first. */
export class BitWriter {
  readonly #bytes: number[] = []
  #free = 0

  /** The lowest `width` bits of `value`, 0 to 32 of them. */
  fixed(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit--) {
      if (this.#free === 0) {
        this.#bytes.push(0)
        this.#free = 8
      }
      this.#free--
      this.#bytes[this.#bytes.length - 1]! |= ((value >>> bit) & 1) << this.#free
    }
  }

  /** Rice code: `value >>> k` ones, a zero, the lowest k bits. */
  rice(value: number, k: number): void {
    for (let ones = value >>> k; ones > 0; ones--) this.fixed(1, 1)
    this.fixed(0, 1)
    this.fixed(value, k)
  }

  /** Exponential-Golomb code of order k. */
  expGolomb(value: number, k: number): void {
    const shifted = value + 2 ** k
    const top = 31 - Math.clz32(shifted)
    for (let ones = top - k; ones > 0; ones--) this.fixed(1, 1)
    this.fixed(0, 1)
    this.fixed(shifted, top)
  }

  /** What `BitReader.count` reads. */
  count(value: number): void {
    this.expGolomb(value, 4)
  }

  get bits(): number {
    return this.#bytes.length * 8 - this.#free
  }

  /** All that was written, filled with zeros to a whole byte. */
  toBytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}
