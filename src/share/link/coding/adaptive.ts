import { demand } from '../link-damage.ts'
import { widthOf } from './whole-numbers.ts'
import type { BitCoder } from './bit-coder.ts'

/** Probabilities are kept from this share of 65536 to the rest: nothing is ever impossible. */
const LEAST = 24
const HALF = 32_768

/** Bits whose probabilities are learnt, one for each of a few contexts (Krichevsky and Trofimov's estimate). */
export class AdaptiveBits {
  readonly #ones: Uint16Array
  readonly #seen: Uint8Array

  constructor(contexts: number) {
    this.#ones = new Uint16Array(contexts).fill(HALF)
    this.#seen = new Uint8Array(contexts)
  }

  /** Writes a bit, or reads one where it is undefined; returns it. */
  code(coder: BitCoder, context: number, bit?: number): number {
    const p = this.#ones[context]!
    const coded = coder.bit(Math.min(65_536 - LEAST, Math.max(LEAST, p)), bit)
    const seen = this.#seen[context]!
    const target = coded === 1 ? 65_535 : 0
    this.#ones[context] = p + Math.trunc((target - p) / (seen + 2))
    if (seen < 255) this.#seen[context] = seen + 1
    return coded
  }

  /** Writes whether something holds, or reads it where it is undefined; returns it. */
  flag(coder: BitCoder, context: number, holds?: boolean): boolean {
    return this.code(coder, context, holds === undefined ? undefined : Number(holds)) === 1
  }
}

/** Bits that every number below 2³¹ has at most. */
const WIDEST = 31
/** Leading bits of a number that are learnt; what is behind them is taken as it comes. */
const LEARNT = 8

/** Whole numbers from 0 to 2³¹ − 1: how many bits each has, and its first bits, are learnt for each context. */
export class AdaptiveNumbers {
  readonly #widths: AdaptiveBits
  readonly #tops: AdaptiveBits

  constructor(contexts = 1) {
    this.#widths = new AdaptiveBits(contexts * (WIDEST + 1))
    this.#tops = new AdaptiveBits(contexts * (WIDEST + 1) * LEARNT)
  }

  /** Writes a number, or reads one where it is undefined; returns it. */
  code(coder: BitCoder, context: number, value?: number): number {
    const wanted = value === undefined ? undefined : widthOf(value)
    let width = 0
    const more = () =>
      this.#widths.flag(
        coder,
        context * (WIDEST + 1) + width,
        wanted === undefined ? undefined : wanted > width,
      )
    while (more()) {
      width++
      demand(width <= WIDEST, 'a number is too large')
    }
    if (width === 0) return 0
    let coded = 1
    const node = (context * (WIDEST + 1) + width) * LEARNT
    for (let place = width - 2; place >= 0; place--) {
      const bit = value === undefined ? undefined : (value >>> place) & 1
      coded = coded * 2 + (coded < LEARNT ? this.#tops.code(coder, node + coded, bit) : coder.bit(HALF, bit))
    }
    return coded
  }
}

/** The lowest `width` bits of a number, each as likely as not; 0 to 32 of them. */
export function codePlain(coder: BitCoder, width: number, value?: number): number {
  let coded = 0
  for (let place = width - 1; place >= 0; place--) {
    coded = coded * 2 + coder.bit(HALF, value === undefined ? undefined : (value >>> place) & 1)
  }
  return coded
}
