import { expect, it } from 'vitest'
import { shortText, unstacked } from './short-text.ts'

it.each([
  ['short ones as they are', ' apples', ' apples'],
  ['no more than fits a cell', 'a'.repeat(300), `${'a'.repeat(32)}…`],
  ['whole characters', `${'a'.repeat(31)}😀😀`, `${'a'.repeat(31)}…`],
  ['marks of real scripts', 'שָׁלוֹם ཨོཾ ผู้', 'שָׁלוֹם ཨོཾ ผู้'],
  ['few of the marks that pile up', `a${'\u0301'.repeat(100)}`, `a${'\u0301'.repeat(8)}…`],
])('a cell shows %s', (_, text, shown) => {
  expect(shortText(text)).toBe(shown)
})

it('an answer keeps all of its letters', () => {
  const word = `a${'\u0301\u0489'.repeat(63)}b`
  expect(unstacked(word.repeat(2))).toBe(`a${'\u0301\u0489'.repeat(4)}b`.repeat(2))
})
