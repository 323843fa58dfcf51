import { expect, test } from 'vitest'
import { speedsFor } from '../../trace/timeline.ts'
import { paceOf, speedLabel, speedWords } from './speed-words.ts'

test('speeds as they are shown and as they are told', () => {
  expect([4, 1, 0.5, 0.25, 0.125, 1 / 16, 1 / 128].map(speedLabel)).toEqual([
    '4×',
    '1×',
    '½×',
    '¼×',
    '⅛×',
    '1/16×',
    '1/128×',
  ])
  expect(speedWords(1)).toBe('the speed at which it ran')
  expect(speedWords(1 / 64)).toBe('64 times slower than it ran')
  expect(speedWords(2)).toBe('2 times faster than it ran')
  expect(paceOf(0.25)).toBe('shown 4× slower than it ran')
  expect(paceOf(2)).toBe('shown 2× faster than it ran')
  expect(paceOf(1)).toBe('shown at the speed it ran')
})

test('no two speeds that are offered look alike', () => {
  for (const ms of [3, 97, 460, 3999, 4000, 60_000]) {
    const labels = speedsFor(ms).map(speedLabel)
    expect(new Set(labels).size).toBe(labels.length)
  }
})
