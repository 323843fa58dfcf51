import type { BitReader } from './bit-reader.ts'
import type { BitWriter } from './bit-writer.ts'
import { widthOf } from './column.ts'
import { demand } from './link-damage.ts'

/**
 * Guesses what comes next from what came before: what followed the last two tokens the last time, or else
 * the last one. Two answers to one prompt repeat each other, so it is often right.
 */
class Follower {
  readonly #after = new Map<string, number>()
  #context: readonly [number, number] = [-1, -1]

  guess(): number | undefined {
    const [first, second] = this.#context
    return this.#after.get(`${first} ${second}`) ?? this.#after.get(`${second}`)
  }

  see(token: number): void {
    const [first, second] = this.#context
    this.#after.set(`${first} ${second}`, token)
    this.#after.set(`${second}`, token)
    this.#context = [second, token]
  }
}

/** Writes token ids, one bit where the guess is right, that bit and an index where it is not. */
export class TokenWriter {
  readonly #out: BitWriter
  readonly #indexOf: ReadonlyMap<number, number>
  readonly #follower = new Follower()

  /** @param table every id that will be written */
  constructor(out: BitWriter, table: readonly number[]) {
    this.#out = out
    this.#indexOf = new Map(table.map((id, index) => [id, index]))
  }

  write(ids: readonly number[]): void {
    const width = widthOf(this.#indexOf.size - 1)
    for (const id of ids) {
      const guess = this.#follower.guess()
      if (guess !== undefined) this.#out.fixed(guess === id ? 1 : 0, 1)
      if (guess !== id) this.#out.fixed(this.#indexOf.get(id)!, width)
      this.#follower.see(id)
    }
  }
}

/** Reads what `TokenWriter` wrote, with the same table; throws `LinkDamage`. */
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
      const guess = this.#follower.guess()
      const isRight = guess !== undefined && this.#from.fixed(1) === 1
      const id = isRight ? guess : this.#table[this.#from.fixed(width)]
      demand(id !== undefined, 'a token has no text')
      this.#follower.see(id)
      return id
    })
  }
}
