import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('lets clients take turns, each in the order in which it came', async () => {
  const turns = createTurns()
  const done: string[] = []
  const bring = (client: string, count: number) =>
    Array.from({ length: count }, (_, at) => turns(client, () => done.push(`${client}${at}`)))
  await Promise.all([...bring('a', 4), ...bring('b', 2), ...bring('c', 1)])
  // The first was done before anybody else had come.
  expect(done).toEqual(['a0', 'a1', 'b0', 'c0', 'a2', 'b1', 'a3'])
})

it('lets everything else happen between two pieces of work', async () => {
  const turns = createTurns()
  let others = 0
  const before: number[] = []
  const happen = () => setImmediate(() => (others++, others < 50 && happen()))
  happen()
  const work = Array.from({ length: 5 }, () => turns('a', () => before.push(others)))
  await Promise.all(work)
  for (let at = 1; at < before.length; at++) expect(before[at]).toBeGreaterThan(before[at - 1]!)
})

it('rejects with what a piece throws, and goes on', async () => {
  const turns = createTurns()
  const broken = turns('a', () => {
    throw new Error('no')
  })
  const whole = turns('a', () => 3)
  await expect(broken).rejects.toThrow('no')
  expect(await whole).toBe(3)
})
