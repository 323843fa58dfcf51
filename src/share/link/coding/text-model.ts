import type { BitCoder } from './bit-coder.ts'
import { squash, stretch } from './logistic.ts'

/** Guesses are made from the last 0, 1 … 6 bytes. */
const ORDERS = 7
/** Contexts are kept by their hash, in so many places an order. */
const PLACE_BITS = 16
const PLACES = 2 ** PLACE_BITS
/** A probability moves at least by this part of its error. */
const SLOWEST = 30
/** Probabilities are kept in 65536ths, from a half: what was never seen is as likely as not. */
const HALF = 32_768
const LEAST = 16
/** Weights are kept in 65536ths. */
const UNIT = 65_536
const FIRST_WEIGHT = 0.35 * UNIT
/** How fast weights move. */
const RATE = 20

/**
 * Text byte by byte, bit by bit: each bit's probability is mixed from what followed the last 0, 1, 2 … bytes
 * before, with weights that are learnt (the logistic mixing of Mahoney's PAQ). Whole numbers only, so every
 * engine computes the same.
 */
export class TextModel {
  readonly #ones = new Int16Array(ORDERS * PLACES)
  readonly #seen = new Uint8Array(ORDERS * PLACES)
  /** A set for each number of orders that have seen their context. */
  readonly #weights = new Int32Array((ORDERS + 1) * ORDERS).fill(FIRST_WEIGHT)
  /** The bytes before, the last one first. */
  readonly #last = new Uint8Array(ORDERS)
  readonly #contexts = new Int32Array(ORDERS)
  readonly #places = new Int32Array(ORDERS)
  readonly #inputs = new Int32Array(ORDERS)

  /** Another model that knows as much. */
  copy(): TextModel {
    const copy = new TextModel()
    copy.#ones.set(this.#ones)
    copy.#seen.set(this.#seen)
    copy.#weights.set(this.#weights)
    copy.#last.set(this.#last)
    copy.#contexts.set(this.#contexts)
    return copy
  }

  /** Writes a byte, or reads one where it is undefined; returns it. */
  code(coder: BitCoder, byte?: number): number {
    let node = 1
    for (let place = 7; place >= 0; place--) {
      node = node * 2 + this.#bit(coder, node, byte === undefined ? undefined : (byte >>> place) & 1)
    }
    this.pass(node & 0xff)
    return node & 0xff
  }

  /** Lets a byte pass that is known without being coded. */
  pass(byte: number): void {
    this.#last.copyWithin(1, 0)
    this.#last[0] = byte
    let hash = 0
    for (let order = 0; order < ORDERS; order++) {
      this.#contexts[order] = hash
      hash = Math.imul(hash + this.#last[order]! + 1, 0x2c1b3c6d) ^ (hash >>> 15)
    }
  }

  #bit(coder: BitCoder, node: number, bit: number | undefined): number {
    const [ones, seen, inputs, places] = [this.#ones, this.#seen, this.#inputs, this.#places]
    let known = 0
    for (let order = 0; order < ORDERS; order++) {
      const hash = Math.imul(this.#contexts[order]! ^ Math.imul(node, 0x3d4d51cb), 0x297a2d39)
      const place = order * PLACES + (hash >>> (32 - PLACE_BITS))
      places[order] = place
      inputs[order] = stretch(ones[place]! + HALF)
      if (seen[place]! > 0) known = order + 1
    }
    const weights = known * ORDERS
    let sum = 0
    for (let order = 0; order < ORDERS; order++) sum += this.#weights[weights + order]! * inputs[order]!
    const p = Math.min(65_536 - LEAST, Math.max(LEAST, squash(Math.trunc(sum / UNIT))))
    const coded = coder.bit(p, bit)

    const target = coded === 1 ? 65_535 : 0
    const error = (target - p) * RATE
    for (let order = 0; order < ORDERS; order++) {
      const place = places[order]!
      this.#weights[weights + order]! += Math.trunc((inputs[order]! * error) / 2 ** 20)
      ones[place]! += Math.trunc((target - HALF - ones[place]!) / (seen[place]! + 1.25))
      if (seen[place]! < SLOWEST) seen[place]!++
    }
    return coded
  }
}
