import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitText, wrapText } from './wrap-text.ts'

const widthOf = (line: string) => [...line].length

test('words stay whole where they fit, line breaks stay', () => {
  expect(wrapText('the red lantern\nshone', 8, widthOf)).toEqual(['the red', 'lantern', 'shone'])
  expect(wrapText('abcdefghij k', 4, widthOf)).toEqual(['abcd', 'efgh', 'ij k'])
})

test('no line is too wide, and nothing but blanks is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 80 }),
      fc.integer({ min: 1, max: 20 }),
      (text, width) => {
        const lines = wrapText(text, width, widthOf)
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      },
    ),
  )
})

test('a text that does not fit is cut with an ellipsis', () => {
  expect(fitText('short', 5, widthOf)).toBe('short')
  expect(fitText('longer', 5, widthOf)).toBe('long…')
  expect(fitText('👋👋👋', 2, widthOf)).toBe('👋…')
})
