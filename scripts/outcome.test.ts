import { expect, test } from 'vitest'
import { outcomeOf } from './outcome.ts'
import { RECORDED, SOUGHT } from './recorded-prompts.ts'

test.each([
  [true, 10, true, 20, 'Diffusion wins'],
  [true, 20, true, 10, 'AR wins'],
  [false, 10, true, 20, 'Diffusion fails'],
  [true, 20, false, 10, 'AR fails'],
  [false, 10, false, 20, 'Both fail'],
] as const)('diffusion right %s in %s ms, AR right %s in %s ms: %s', (d, dMs, a, aMs, outcome) => {
  expect(outcomeOf({ isRight: d, ms: dMs }, { isRight: a, ms: aMs })).toBe(outcome)
})

test('the gallery has every kind of prompt, strategies that differ, and each outcome of a right answer', () => {
  const kinds = new Set(RECORDED.map(({ kind }) => kind))
  for (const kind of [
    'story',
    'json',
    'function',
    'sum',
    'list',
    'note',
    'fact',
    'short list',
    'gap',
    'echo',
    'outside',
  ]) {
    expect(kinds).toContain(kind)
  }
  expect(RECORDED.filter(({ changes }) => changes).length).toBeGreaterThanOrEqual(3)
  const sought = (of?: 'open') => SOUGHT.filter(({ model }) => model === of).map(({ outcome }) => outcome)
  expect(sought()).toEqual(['AR wins', 'Diffusion fails', 'AR fails', 'Diffusion wins'])
  expect(sought('open')).toEqual(['Diffusion fails', 'AR fails', 'Both fail'])
  const files = [...RECORDED, ...SOUGHT].map(({ file }) => file)
  expect(new Set(files).size).toBe(files.length)
})

test('what is right is told from what is wrong', () => {
  const of = (file: string) => RECORDED.find((one) => one.file === file)!.isRight!
  expect(of('json')('{"name": "Tovia Brenn", "age": 34, "city": "Porto"}')).toBe(true)
  expect(of('json')('{"name": "Tovia Brenn", "age": 34')).toBe(false)
  expect(of('sum')('7+5=12, 1+3+4=8. 47 + 35 = 82')).toBe(true)
  expect(of('sum')('47 + 35 = 92')).toBe(false)
  expect(of('echo')('purple lantern, Lisbon, anchor\n')).toBe(true)
})
