import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { judge } from './judge.ts'

type Row = readonly [kind: string, prompt: string, answer: string, isRight: boolean]

/** Held-out prompts with answers, right and wrong, as the checkers in Python find them (`measuring/write_judged.py`). */
const ROWS = JSON.parse(
  gunzipSync(readFileSync(new URL('./testing/judged-answers.json.gz', import.meta.url))).toString(),
) as readonly Row[]

const JUDGED = ROWS.map(([kind, prompt, answer, isRight]) => ({
  kind,
  prompt,
  answer,
  isRight,
  judged: judge(prompt, answer),
}))

test('no rule contradicts the checkers in Python, on thousands of answers', () => {
  expect(ROWS.length).toBeGreaterThan(5000)
  const against = JUDGED.filter(
    ({ judged, isRight }) => (judged === 'right' && !isRight) || (judged === 'wrong' && isRight),
  )
  expect(against).toEqual([])
})

test('what is only well formed is never told to be right', () => {
  const formed = JUDGED.filter(({ judged }) => judged === 'well formed')
  expect(new Set(formed.map(({ kind }) => kind))).toEqual(new Set(['json-extraction', 'short-lists']))
})

test.each([
  ['sudoku', 0.95],
  ['arithmetic', 0.9],
  ['json-extraction', 0.95],
  ['list-order', 0.4],
  ['short-lists', 0.4],
])('%s: the rules know most prompts, and find right and wrong', (kind, share) => {
  const of = JUDGED.filter((row) => row.kind === kind)
  const known = of.filter(({ judged }) => judged !== null)
  expect(known.length / of.length).toBeGreaterThanOrEqual(share)
  expect(known.some(({ judged }) => judged === 'wrong')).toBe(true)
  expect(known.some(({ judged }) => judged !== 'wrong')).toBe(true)
})

test('prompts without a rule are left alone', () => {
  for (const prompt of ['Describe a rainy day in London.', 'Is a tomato a fruit?', 'I have 3 wishes.', '']) {
    expect(judge(prompt, 'Yes.')).toBeNull()
  }
})
