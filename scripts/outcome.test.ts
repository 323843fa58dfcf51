import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeComparison } from '../src/share/comparison-file.ts'
import { finalAnswer } from '../src/trace/final-answer.ts'
import { judge } from '../src/trace/judging/judge.ts'
import { duration } from '../src/trace/timeline.ts'
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

interface Entry {
  readonly file: string
  readonly outcome?: string
}

test('a badge of the gallery and the verdict of its recording agree, where a rule can tell', () => {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(new URL(`../public/recordings/${file}`, import.meta.url), 'utf8'))
  const told = (read('index.json') as { entries: Entry[] }).entries.flatMap(({ file, outcome }) => {
    const decoded = decodeComparison(read(file))
    if (outcome === undefined || !decoded.ok) return []
    const { prompt, lanes } = decoded.comparison
    const answers = (['diffusion', 'autoregressive'] as const).map((decoder) => {
      const { trace, pieces } = lanes.find((lane) => lane.decoder === decoder)!
      return { judged: judge(prompt, finalAnswer(trace!, pieces)), ms: duration(trace) }
    })
    if (answers.some(({ judged }) => judged === null)) return []
    const [diffusion, autoregressive] = answers.map(({ judged, ms }) => ({ isRight: judged !== 'wrong', ms }))
    return [{ file, outcome, found: outcomeOf(diffusion!, autoregressive!) }]
  })
  expect(told.length).toBeGreaterThan(3)
  for (const { outcome, found, file } of told) expect([file, found]).toEqual([file, outcome])
})
