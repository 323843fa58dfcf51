import { expect, test } from 'vitest'
import { blankedText, gapsIn, withGapAt, withHole } from './gaps.ts'

test('holes are read with the blank in front of them, and what is none is text', () => {
  expect(gapsIn('The [3] sat on the [1] because [8].')).toEqual([
    { text: 'The' },
    { hole: 3 },
    { text: ' sat on the' },
    { hole: 1 },
    { text: ' because' },
    { hole: 8 },
    { text: '.' },
  ])
  expect(gapsIn('{"name": "[4]", "age": [2]}')).toEqual([
    { text: '{"name": "' },
    { hole: 4 },
    { text: '", "age":' },
    { hole: 2 },
    { text: '}' },
  ])
  expect(gapsIn('Sort [3, 1] and [0] and [99].')).toBeNull()
  expect(gapsIn('[2]')).toEqual([{ hole: 2 }])
})

test('a hole is made, widened and narrowed in the text alone', () => {
  expect(withGapAt('The cat sat.', 4, 7)).toBe('The [1] sat.')
  expect(withGapAt('The old cat sat.', 4, 11)).toBe('The [2] sat.')
  expect(withHole('a [1] b [2]', 1, 3)).toBe('a [1] b [3]')
  expect(withHole('a [1]', 0, 0)).toBe('a [1]')
  expect(blankedText('a [1] b [12].')).toBe('a ___ b ___.')
})
