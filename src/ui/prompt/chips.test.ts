import { expect, test } from 'vitest'
import { chipsOf } from './chips.ts'

test('recordings by their titles, then prompts that have none by their kinds, none twice', () => {
  const entry = { file: 'a.json', kind: 'story', title: 'A story', prompt: 'one' }
  const chips = [
    { kind: 'sum', prompt: '1 + 1' },
    { kind: 'story', prompt: 'one' },
  ]
  const blocks = { ...entry, file: 'b.json', title: 'In blocks' }
  expect(chipsOf({ entries: [entry, blocks], chips })).toEqual([
    { label: 'A story', prompt: 'one', file: 'a.json' },
    { label: 'In blocks', prompt: 'one', file: 'b.json' },
    { label: 'sum', prompt: '1 + 1', file: null },
  ])
})
