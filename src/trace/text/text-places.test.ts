import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRightToLeft, textPlaces } from './text-places.ts'

const token = fc.oneof(
  fc.constantFrom(
    ' ',
    '\n',
    '\n\n',
    '  ',
    ' the',
    'ing',
    ',',
    '.',
    ' a',
    '中',
    '文',
    ' שלום',
    'ا',
    '```',
    '{',
    '\t',
  ),
  fc.string({ maxLength: 6 }),
)

test('leads and cores are the text, whatever it is cut into', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (texts) => {
      const places = textPlaces(texts)
      expect(places).toHaveLength(texts.length)
      const written = places.map(({ lead, core }) => lead + core).join('')
      const whole = texts.join('')
      expect(whole.startsWith(written)).toBe(true)
      expect(whole.slice(written.length)).toMatch(/^[ \t\r\n]*$/)
    }),
  )
})

test('a mark has no blank at its ends, and a place after a blank begins no broken word', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (texts) => {
      for (const { core, lead, breakable } of textPlaces(texts)) {
        expect(core).not.toMatch(/^[ \t\r\n]|[ \t\r\n]$/)
        if (breakable) expect(lead).toBe('')
      }
    }),
  )
})

const breaks = (texts: string[]) => textPlaces(texts).map(({ breakable }) => breakable)

test('pieces of a word hold together, until it is longer than a line should be', () => {
  expect(breaks([' lan', 'tern', 's', ',', ' and'])).toEqual([false, false, false, false, false])
  const long = breaks([' a', ...Array.from({ length: 40 }, () => '.g')])
  expect(long.indexOf(true)).toBeGreaterThan(10)
  expect(long.filter(Boolean).length).toBeLessThan(5)
  expect(breaks(['well', '-', 'known'])).toEqual([false, false, false])
  expect(breaks(['well-', 'known'])).toEqual([false, true])
})

test('scripts without blanks break between their letters', () => {
  expect(breaks(['今', '天', '。'])).toEqual([true, true, false])
})

test('letters that join, or stand on others, are no boxes of their own', () => {
  const joined = (text: string) => textPlaces([text])[0]!.joined
  expect(['e\u0301', 'שלום', 'مرحبا', 'नम'].map(joined)).toEqual([true, true, true, true])
  expect(['word', '中', 'é', '👋'].map(joined)).toEqual([false, false, false, false])
})

test('code, JSON and tables are code; prose and lists are none', () => {
  const isCode = (text: string) => textPlaces([text]).every(({ code }) => code)
  expect(isCode('{"name": "Nora", "age": 7}')).toBe(true)
  expect(isCode('def add(a, b):\n    return a + b')).toBe(true)
  expect(isCode('| a | b |\n| - | - |\n| 1 | 2 |')).toBe(true)
  expect(isCode('1 2 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1')).toBe(true)
  expect(isCode('A fox, a lantern, and a long night.')).toBe(false)
  expect(isCode('- bread\n- milk\n- honey')).toBe(false)
  expect(isCode('1. bread\n2. milk')).toBe(false)
  const parts = textPlaces(['Run this:\n', '```', 'ls', '```', '\nDone.'])
  expect(parts.map(({ code }) => code)).toEqual([false, true, true, true, false])
})

test('a text is read from right to left by its first letter', () => {
  expect(isRightToLeft('12, שלום hello')).toBe(true)
  expect(isRightToLeft('Hello שלום')).toBe(false)
  expect(isRightToLeft('12')).toBe(false)
})
