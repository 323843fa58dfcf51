import { Tokenizer } from '@huggingface/tokenizers'
import * as v from 'valibot'
import { pieceTable, type PieceTable } from './piece-table.ts'

/** What is read of a `tokenizer.json`; the rest goes to the library as it is. */
const TokenizerFile = v.looseObject({
  added_tokens: v.array(
    v.looseObject({ id: v.number(), content: v.string(), special: v.nullish(v.boolean()) }),
  ),
  model: v.looseObject({ type: v.literal('BPE'), vocab: v.record(v.string(), v.number()) }),
  pre_tokenizer: v.looseObject({
    type: v.literal('Sequence'),
    pretokenizers: v.array(v.looseObject({ type: v.string() })),
  }),
})

export interface PromptTokenizer {
  /** Ids of a text. Special tokens spelt out in it are plain text. */
  encode(text: string): readonly number[]
  readonly pieces: PieceTable
}

/** GPT-2's words, with Unicode's white space: JavaScript's `\s` lacks U+0085 and counts U+FEFF. */
const WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\p{White_Space}\\p{L}\\p{N}]+" +
  '|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}+'

const isolate = (Regex: string) => ({
  type: 'Split',
  pattern: { Regex },
  behavior: 'Isolated',
  invert: false,
})

/** The library reads digits and white space as JavaScript does; the trainer reads them as Unicode does. */
function withUnicodeClasses(one: { type: string; use_regex?: unknown }): { type: string }[] {
  if (one.type === 'Digits') return [isolate('\\p{N}')]
  if (one.type === 'ByteLevel' && one.use_regex !== false)
    return [isolate(WORDS), { ...one, use_regex: false } as typeof one]
  return [one]
}

/**
 * A byte-level BPE tokenizer.
 *
 * @param file the parsed `tokenizer.json`
 */
export function createTokenizer(file: unknown): PromptTokenizer {
  const parsed = v.parse(TokenizerFile, file)
  const { added_tokens: added, model, pre_tokenizer: preTokenizer } = parsed
  const pretokenizers = preTokenizer.pretokenizers.flatMap(withUnicodeClasses)
  const tokenizer = new Tokenizer(
    { ...parsed, added_tokens: [], pre_tokenizer: { ...preTokenizer, pretokenizers } },
    {},
  )
  const vocabulary: string[] = []
  for (const [text, id] of Object.entries(model.vocab)) vocabulary[id] = text
  for (const { id, content } of added) vocabulary[id] = content
  // Vocabularies of larger models have gaps.
  const whole = Array.from(vocabulary, (text: string | undefined) => text ?? '')
  const pieces = pieceTable(
    whole,
    new Map(added.map(({ id, special }) => [id, special === true ? '' : whole[id]!])),
  )
  return {
    // A lone half of a surrogate pair can be typed but has no UTF-8.
    encode: (text) => tokenizer.encode(text.toWellFormed(), { add_special_tokens: false }).ids,
    pieces,
  }
}
