import { expect, test } from 'vitest'
import type { LaneResult } from './results.ts'
import { tallyCsv } from './tally-csv.ts'
import { tallyOf } from './tally.ts'

const result = (id: string, passes: number | null, ms: number, text: string) =>
  ({ id, name: `Lane ${id}`, passes, ms, firstMs: ms / 4, text }) as LaneResult

const RUNS = [
  [result('a', 2, 10, 'x'), result('b', null, 8, 'y')],
  [result('a', 4, 20, 'x')],
  [result('a', 6, 30, 'z')],
]

test('means, deviations of a sample and the share of the commonest answer, for each lane that ended', () => {
  expect(tallyOf(RUNS)).toEqual([
    {
      id: 'a',
      name: 'Lane a',
      runs: 3,
      passes: { mean: 4, deviation: 2 },
      ms: { mean: 20, deviation: 10 },
      firstMs: { mean: 5, deviation: 2.5 },
      equal: 2 / 3,
    },
    {
      id: 'b',
      name: 'Lane b',
      runs: 1,
      passes: null,
      ms: { mean: 8, deviation: 0 },
      firstMs: { mean: 2, deviation: 0 },
      equal: 1,
    },
  ])
  expect(tallyOf([])).toEqual([])
})

test('as CSV, with nothing where nothing is known', () => {
  expect(tallyCsv(tallyOf(RUNS), 'p, "q"').split('\r\n')).toEqual([
    'lane,runs,passes_mean,passes_deviation,milliseconds_mean,milliseconds_deviation,first_token_ms_mean,first_token_ms_deviation,equal_answers,prompt',
    `Lane a,3,4,2,20,10,5,2.5,${2 / 3},"p, ""q"""`,
    'Lane b,1,,,8,0,2,0,1,"p, ""q"""',
    '',
  ])
})
