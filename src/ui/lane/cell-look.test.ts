import { expect, test } from 'vitest'
import { describeCell, type CellLook } from './cell-look.ts'

const look = (part: Partial<CellLook>): CellLook => ({
  state: 'committed',
  text: ' cat',
  isEnd: false,
  before: '',
  confidence: undefined,
  committedAt: undefined,
  order: undefined,
  changes: 0,
  fresh: false,
  held: false,
  replaced: false,
  wrote: false,
  unseen: false,
  again: false,
  rejected: false,
  differs: null,
  ...part,
})

test('a listener is told state, token, certainty and step, as far as they are known', () => {
  expect(describeCell(0, look({ state: 'masked', text: '' }))).toBe('Position 1, masked')
  expect(describeCell(1, look({ state: 'guess', confidence: 0.5 }))).toBe('Position 2, guess cat, 50 %')
  expect(describeCell(2, look({ confidence: 0.9, committedAt: 4 }))).toBe(
    'Position 3, committed cat, 90 %, step 4',
  )
  expect(describeCell(3, look({ state: 'given' }))).toBe('Position 4, given cat')
  expect(describeCell(3, look({ state: 'given', unseen: true }))).toBe('Position 4, given cat, not read yet')
  expect(describeCell(4, look({ state: 'draft', confidence: 0.2 }))).toBe('Position 5, draft cat, 20 %')
  expect(describeCell(5, look({ held: true, committedAt: 2 }))).toBe(
    'Position 6, committed cat, held by you, step 2',
  )
  expect(
    describeCell(6, look({ state: 'end', text: '', isEnd: true, confidence: 0.97, committedAt: 1 })),
  ).toBe('Position 7, end of answer, 97 %, step 1')
  expect(describeCell(7, look({ text: '\n', committedAt: 1 }))).toBe('Position 8, committed "\\n", step 1')
  expect(describeCell(8, look({ state: 'masked', text: '', again: true }))).toBe('Position 9, masked again')
  expect(describeCell(9, look({ differs: 'parent', committedAt: 3 }))).toBe(
    'Position 10, committed cat, not as in the lane it was made from, step 3',
  )
})
