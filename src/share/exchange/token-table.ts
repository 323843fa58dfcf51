import type { Vocabulary } from '../../core/vocabulary.ts'
import type { Pieces } from '../../trace/pieces.ts'

/** Spellings of the mask in published vocabularies, in small letters. */
const MASKS: ReadonlySet<string> = new Set(['[mask]', '<mask>', '<|mask|>', '<|mdm_mask|>', '<m>', '▁mask'])
/** Spellings of the end of sequence. */
const ENDS: ReadonlySet<string> = new Set([
  '<|endoftext|>',
  '<|eot_id|>',
  '<|im_end|>',
  '<|end|>',
  '<|end_of_text|>',
  '</s>',
  '<eos>',
  '<end_of_turn>',
  '[eos]',
  '[pad]',
  '<pad>',
])

export function isMaskText(text: string): boolean {
  return MASKS.has(text.trim().toLowerCase())
}

export function isEndText(text: string): boolean {
  return ENDS.has(text.trim().toLowerCase())
}

/** Token ids with their text, where a file gives ids, texts, or both. */
export class TokenTable {
  readonly #textOf = new Map<number, string>()
  readonly #idOf = new Map<string, number>()
  #next: number
  #end: number | null = null

  /** @param firstFree from here on, ids are given to texts that have none */
  constructor(firstFree: number) {
    this.#next = firstFree
  }

  /** Takes an id for the end of sequence: texts that spell any end are this one from now on. */
  endsWith(id: number): void {
    this.#end = id
  }

  /** The id of a token that a file names by id, by text, or by both; the first text of an id stays. */
  idOf(id: number | undefined, text: string | undefined): number {
    if (this.#end !== null && text !== undefined && isEndText(text)) return this.#end
    if (id !== undefined) {
      if (text !== undefined && !this.#textOf.has(id)) this.#textOf.set(id, text)
      return id
    }
    const known = this.#idOf.get(text ?? '')
    if (known !== undefined) return known
    const fresh = this.#next++
    this.#idOf.set(text ?? '', fresh)
    this.#textOf.set(fresh, text ?? '')
    return fresh
  }

  /** Whether an id has a text. */
  hasText(id: number): boolean {
    return this.#textOf.has(id)
  }

  /** An id that nothing else has. */
  fresh(): number {
    return this.#next++
  }

  /** Whether every token has a text of its own. */
  isTextual(ids: Iterable<number>): boolean {
    return [...ids].every((id) => this.#textOf.has(id))
  }

  vocabulary(mask: number, end: number): Vocabulary {
    return { size: this.#next, mask, end, suppressed: [mask] }
  }

  /** The text of a token; where the file gave none, its id in brackets. */
  get pieces(): Pieces {
    const utf8 = new TextEncoder()
    const textOf = new Map(this.#textOf)
    return (id) => utf8.encode(textOf.get(id) ?? `[${id}]`)
  }
}
