import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerText } from '../../trace/decode-pieces.ts'
import { piecesOf } from './piece-table.ts'
import { createTokenizer } from './tokenize.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const file = read('../../../model/model_files/tokenizer.json')
const tokenizer = createTokenizer(JSON.parse(file))
const pieces = piecesOf(tokenizer.pieces)

/** Goldens are divided at line feeds alone: other line ends stand inside the texts. */
const [head, ...lines] = read('./goldens/tokenizer.jsonl').trimEnd().split('\n')
const goldens = lines.map((line) => JSON.parse(line) as [string, number[]])

function decode(ids: readonly number[]): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    Uint8Array.from(ids.flatMap((id) => [...pieces(id)])),
  )
}

describe('the tokenizer', () => {
  it('is the one that the goldens were written with', () => {
    const { tokenizer: hash } = JSON.parse(head!) as { tokenizer: string }
    const hint = 'write the goldens again: python -m diffuscope_model.tokenizer.write_tokenizer_goldens'
    expect(createHash('sha256').update(file).digest('hex'), hint).toBe(hash)
    expect(goldens.length).toBeGreaterThan(2000)
  })

  it('gives the ids that the trainer’s tokenizer gives', () => {
    const wrong = goldens.filter(([text, ids]) => tokenizer.encode(text).join() !== ids.join())
    expect(wrong.slice(0, 5).map(([text, ids]) => ({ text, ids, got: tokenizer.encode(text) }))).toEqual([])
  })

  it('has pieces that give every text back, byte by byte', () => {
    for (const [text, ids] of goldens) expect(decode(ids)).toBe(text)
  })

  it('takes a special token that is spelt out for plain text', () => {
    expect(tokenizer.encode('<|mask|><|end|>').every((id) => id > 4)).toBe(true)
  })

  it('gives no text to tokens that steer a model, wherever they stand, and theirs to added words', () => {
    const parsed = JSON.parse(file) as { added_tokens: object[]; model: { vocab: object } }
    const size = Object.keys(parsed.model.vocab).length + parsed.added_tokens.length
    const added = [
      ...parsed.added_tokens,
      { id: size, content: '<|eot_id|>', special: true },
      { id: size + 1, content: '<think>', special: false },
      { id: size + 2, content: '<sep>', special: null },
    ]
    const larger = createTokenizer({ ...parsed, added_tokens: added })
    const vocabulary = { mask: 0, end: 1 }
    const answer = [...larger.encode('Paris.'), size, size + 1, ...larger.encode(' or'), size, size + 2, 1, 1]
    expect(answerText(answer, piecesOf(larger.pieces), vocabulary)).toBe('Paris.<think> or<sep>')
    expect(decode([0, 1, 2, 3, 4])).toBe('')
  })

  it('takes half a surrogate pair', () => {
    expect(decode(tokenizer.encode('a\ud83d'))).toBe('a\ufffd')
  })

  it('has no bytes for an id outside the vocabulary', () => {
    expect(pieces(-1)).toHaveLength(0)
    expect(pieces(100_000)).toHaveLength(0)
  })
})
