import type { TraceVocabulary } from '../../../trace/trace.ts'
import { AdaptiveBits, AdaptiveNumbers, codePlain } from '../coding/adaptive.ts'
import type { BitCoder } from '../coding/bit-coder.ts'
import { Follower } from '../coding/follower.ts'
import type { TextCoder } from '../coding/text-coder.ts'
import { widthOf } from '../coding/whole-numbers.ts'
import { demand } from '../link-damage.ts'
import type { SharedComparison } from '../shared-comparison.ts'
import type { Budget } from './budget.ts'
import { LIMITS } from './tables.ts'

type PiecesTable = SharedComparison['tables'][number]

/** First bits of an id that are learnt: long tokens have high ids. */
const LEARNT_ID_BITS = 4
/** Texts of tokens from this length on are alike. */
const LONG = 7
const BLANK = 0x20

/**
 * Token ids in the order of reading. The first time a token comes, its text and its id are coded; later a
 * flag where it follows what it followed before, or else its place among those that came, the last one first.
 */
export class TokenCoder {
  readonly #text: TextCoder
  readonly #budget: Budget
  readonly #given: ReadonlyMap<number, Uint8Array>
  readonly #idWidth: number
  readonly #textOf = new Map<number, Uint8Array>()
  /** Tokens that came, the last one first. */
  readonly #recent: number[] = []
  readonly #follower = new Follower()
  #afterEnd = false
  readonly #isEnd = new AdaptiveBits(4)
  readonly #isMask = new AdaptiveBits(2)
  readonly #isGuess = new AdaptiveBits(8)
  readonly #isNew = new AdaptiveBits(16)
  readonly #ids = new AdaptiveBits((2 * LONG + 2) << LEARNT_ID_BITS)
  readonly #places = new AdaptiveNumbers()

  /** @param given the text of every token that will be written; left out to read */
  constructor(coder: BitCoder, text: TextCoder, budget: Budget, given?: PiecesTable) {
    this.#text = text
    this.#budget = budget
    this.#given = new Map(given)
    this.#idWidth = codePlain(coder, 5, given && widthOf(given.at(-1)?.[0] ?? 0))
  }

  /** The text of every token that was coded, by rising id. */
  get pieces(): PiecesTable {
    return [...this.#textOf].sort(([a], [b]) => a - b)
  }

  /**
   * Writes a token, or reads one where it is undefined; returns its id. Throws `LinkDamage`.
   *
   * @param rule by which it was committed; null where it was not
   */
  code(coder: BitCoder, { mask, end }: TraceVocabulary, rule: string | null, id?: number): number {
    const is = (bits: AdaptiveBits, context: number, other: number) =>
      bits.flag(coder, context, id === undefined ? undefined : id === other)

    this.#afterEnd = is(this.#isEnd, Number(this.#afterEnd) * 2 + Number(rule === 'tail'), end)
    if (this.#afterEnd) return end
    const takenBack = rule === 'taken-back' || rule === 'masked'
    if (mask !== null && is(this.#isMask, Number(takenBack), mask)) return mask
    const guess = this.#follower.guess()
    if (guess !== undefined && is(this.#isGuess, guess.trust, guess.id)) return this.#seeAgain(guess.id)
    const age = Math.min(7, this.#recent.length >>> 4) * 2 + (guess === undefined ? 0 : 1)
    const isNew = this.#isNew.flag(coder, age, id === undefined ? undefined : !this.#recent.includes(id))
    if (isNew) return this.#codeNew(coder, id)
    const known =
      this.#recent[this.#places.code(coder, 0, id === undefined ? undefined : this.#recent.indexOf(id))]
    demand(known !== undefined, 'a token has no text')
    return this.#seeAgain(known)
  }

  #codeNew(coder: BitCoder, given?: number): number {
    const text = this.#text.code(
      coder,
      LIMITS.pieceBytes,
      given === undefined ? undefined : this.#given.get(given)!,
    )
    const learnt = Math.min(LEARNT_ID_BITS, this.#idWidth)
    const rest = this.#idWidth - learnt
    const context = Math.min(LONG, text.length) * 2 + (text[0] === BLANK ? 1 : 0)
    let node = 1
    for (let place = this.#idWidth - 1; place >= rest; place--) {
      const bit = given === undefined ? undefined : (given >>> place) & 1
      node = node * 2 + this.#ids.code(coder, (context << LEARNT_ID_BITS) + node, bit)
    }
    const id = (node - 2 ** learnt) * 2 ** rest + codePlain(coder, rest, given)
    demand(id <= LIMITS.id && !this.#recent.includes(id), 'a token is new twice')
    this.#budget.spend('pieces')
    this.#textOf.set(id, text)
    this.#recent.unshift(id)
    this.#follower.see(id)
    return id
  }

  #seeAgain(id: number): number {
    this.#recent.splice(this.#recent.indexOf(id), 1)
    this.#recent.unshift(id)
    this.#text.pass(this.#textOf.get(id)!)
    this.#follower.see(id)
    return id
  }
}
