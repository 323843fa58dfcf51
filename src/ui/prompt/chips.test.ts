import { expect, test } from 'vitest'
import { chipsOf } from './chips.ts'

test('each prompt once, by the title of its first recording or by its kind', () => {
  const entry = { file: 'a.json', kind: 'story', title: 'A story', prompt: 'one' }
  const chips = [
    { kind: 'sum', prompt: '1 + 1' },
    { kind: 'story', prompt: 'one' },
  ]
  const again = { ...entry, file: 'b.json', title: 'In blocks' }
  const other = { ...entry, file: 'c.json', prompt: 'two' }
  expect(chipsOf({ entries: [entry, again, other], chips })).toEqual([
    { label: 'sum', prompt: '1 + 1', file: null },
    { label: 'A story', prompt: 'one', file: 'a.json' },
  ])
})
