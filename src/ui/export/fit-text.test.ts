import { expect, test } from 'vitest'
import { fitText } from './fit-text.ts'

const widthOf = (line: string) => [...line].length

test('a text that does not fit is cut with an ellipsis', () => {
  expect(fitText('short', 5, widthOf)).toBe('short')
  expect(fitText('longer', 5, widthOf)).toBe('long…')
  expect(fitText('👋👋👋', 2, widthOf)).toBe('👋…')
})
