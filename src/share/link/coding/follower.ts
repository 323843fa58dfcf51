/**
 * Guesses what comes next from what came before: what followed the last two tokens the last time, or else
 * the last one. Two answers to one prompt repeat each other, so it is often right.
 */
export class Follower {
  readonly #after = new Map<string, number>()
  #context: readonly [number, number] = [-1, -1]
  /** Guesses that came true in a row, up to 3. */
  #streak = 0
  #guessed: number | undefined

  /** `trust` is from 0 to 7: how much the guess was worth lately, and whether it is made from two tokens. */
  guess(): { readonly id: number; readonly trust: number } | undefined {
    const [first, second] = this.#context
    const long = this.#after.get(`${first} ${second}`)
    const id = long ?? this.#after.get(`${second}`)
    this.#guessed = id
    return id === undefined ? undefined : { id, trust: this.#streak * 2 + (long === undefined ? 0 : 1) }
  }

  see(id: number): void {
    const [first, second] = this.#context
    if (this.#guessed !== undefined) this.#streak = this.#guessed === id ? Math.min(3, this.#streak + 1) : 0
    this.#after.set(`${first} ${second}`, id)
    this.#after.set(`${second}`, id)
    this.#context = [second, id]
  }
}
