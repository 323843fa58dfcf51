import { expect, it } from 'vitest'
import { cyclesIn } from './cycles.ts'

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges))

it('finds nothing where imports go one way', () => {
  expect(cyclesIn(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([])
})

it('finds every knot once, whoever leads into it', () => {
  const edges = { a: ['b'], b: ['c'], c: ['d', 'b'], d: ['e'], e: ['f'], f: ['d'], g: ['g'], h: ['g', 'a'] }
  expect(cyclesIn(graph(edges)).sort()).toEqual([['b', 'c'], ['d', 'e', 'f'], ['g']])
})
