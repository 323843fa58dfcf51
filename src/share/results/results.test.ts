import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryAutoregressive, arbitraryDiffusion } from '../../trace/testing/traces.ts'
import type { Trace } from '../../trace/trace.ts'
import type { Comparison, Lane } from '../comparison.ts'
import { COLUMNS, sortedBy } from './columns.ts'
import { resultsCsv } from './results-csv.ts'
import { resultsMarkdown } from './results-markdown.ts'
import { resultsOf } from './results.ts'

const letter = (id: number) => new TextEncoder().encode(String.fromCharCode(97 + id))

function comparisonOf(traces: readonly Trace[], names: readonly string[] = []): Comparison {
  const lanes = traces.map((trace, at): Lane => ({
    id: `race-${at + 1}`,
    name: names[at] ?? `Lane ${at + 1}`,
    decoder: trace.header.decoder,
    trace,
    pieces: letter,
    source: 'live',
  }))
  return { prompt: 'a "quoted" prompt, with\ntwo lines', lanes, leader: 'race-1', recordedAt: null }
}

const race = fc.array(fc.oneof(arbitraryDiffusion, arbitraryAutoregressive), { minLength: 2, maxLength: 6 })

test('a lane’s likelihood is the geometric mean of the probabilities at which its tokens were committed', () => {
  fc.assert(
    fc.property(race, (traces) => {
      for (const [at, { likelihood, tokens, passes }] of resultsOf(comparisonOf(traces)).entries()) {
        const { steps, header } = traces[at]!
        const last = new Map(steps.flatMap(({ commits }) => commits.map((each) => [each.position, each])))
        const said = [...last.values()].filter(({ id }) => id !== header.vocabulary.end)
        expect(tokens).toBe(said.length)
        expect(passes).toBe(steps.length)
        if (said.length === 0) expect(likelihood).toBeNull()
        else {
          const product = said.reduce((sum, { probability }) => sum + Math.log(probability), 0)
          expect(likelihood).toBeCloseTo(Math.exp(product / said.length), 9)
        }
      }
    }),
  )
})

test('the same text is said of a later lane, by the name of the first that wrote it', () => {
  const [trace] = fc.sample(arbitraryDiffusion, { numRuns: 1, seed: 3 })
  const results = resultsOf(comparisonOf([trace!, trace!, trace!], ['One', 'Two', 'Three']))
  expect(results.map(({ sameAs }) => sameAs)).toEqual([null, 'One', 'One'])
})

test('a lane that was stopped is no result', () => {
  const [one, other] = fc.sample(arbitraryDiffusion, { numRuns: 2, seed: 4 })
  const results = resultsOf(comparisonOf([one!, { ...other!, status: 'stopped' }]))
  expect(results.map(({ id }) => id)).toEqual(['race-1'])
})

test('sorting keeps every lane, rises or falls, and leaves what is not known at the end', () => {
  fc.assert(
    fc.property(race, fc.constantFrom(...COLUMNS.map(({ key }) => key)), (traces, key) => {
      const results = resultsOf(comparisonOf(traces))
      for (const order of ['ascending', 'descending'] as const) {
        const sorted = sortedBy(results, key, order)
        expect(new Set(sorted)).toEqual(new Set(results))
        const values = sorted.map((result) => result[key])
        const known = values.filter((value) => value !== null)
        expect(values.slice(known.length).every((value) => value === null)).toBe(true)
        const rising = order === 'ascending' ? known : known.toReversed()
        expect(rising).toEqual([...rising].sort((a, b) => a - b))
      }
    }),
  )
})

/** Fields of a table by RFC 4180, read by the letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (quoted && char === '"' && text.charAt(at + 1) === '"') {
      field += '"'
      at++
    } else if (char === '"') quoted = !quoted
    else if (!quoted && (char === ',' || char === '\r')) {
      row.push(field)
      field = ''
      if (char === ',') continue
      rows.push(row)
      row = []
      at++
    } else field += char
  }
  return rows
}

test('the table as CSV has a row a lane, whole whatever names and prompts hold, and no formula', () => {
  fc.assert(
    fc.property(
      race,
      fc.array(fc.string({ minLength: 1 }), { minLength: 6, maxLength: 6 }),
      (traces, names) => {
        const comparison = comparisonOf(traces, ['=1+1,"x"', ...names])
        const [head, ...rows] = readCsv(resultsCsv(comparison))
        expect(rows).toHaveLength(traces.length)
        for (const [at, row] of rows.entries()) {
          expect(row).toHaveLength(head!.length)
          const cell = (name: string) => row[head!.indexOf(name)]!
          expect(cell('lane').replace(/^'/, '')).toBe(comparison.lanes[at]!.name.replace(/^'/, ''))
          expect(cell('lane')).not.toMatch(/^[=+\-@]/)
          expect(cell('prompt')).toBe(comparison.prompt)
          expect(Number(cell('passes'))).toBe(traces[at]!.steps.length)
          expect(cell('milliseconds')).toBe(String(traces[at]!.steps.at(-1)?.at ?? ''))
        }
      },
    ),
  )
})

test('the table as Markdown keeps its columns, whatever a name holds', () => {
  const [one, other] = fc.sample(arbitraryDiffusion, { numRuns: 2, seed: 5 })
  const lines = resultsMarkdown(comparisonOf([one!, other!], ['a | b', '`c`'])).split('\n')
  const table = lines.filter((line) => line.startsWith('|'))
  expect(table).toHaveLength(4)
  expect(new Set(table.map((line) => line.split('|').length)).size).toBe(1)
})
