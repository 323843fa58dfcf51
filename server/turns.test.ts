import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('lets clients take turns, each in the order in which it came', async () => {
  const turns = createTurns(() => 0)
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

it('lets a client whose pieces take long rest in between, and nobody else', async () => {
  let clock = 0
  const turns = createTurns(() => clock)
  const done: string[] = []
  const long = Array.from({ length: 3 }, (_, at) =>
    turns('a', () => {
      clock += 20
      done.push(`a${at}`)
    }),
  )
  await long[0]
  const begun = performance.now()
  await Promise.all(Array.from({ length: 5 }, (_, at) => turns('b', () => done.push(`b${at}`))))
  expect(done).toEqual(['a0', 'b0', 'b1', 'b2', 'b3', 'b4'])
  await Promise.all(long)
  expect(done.slice(-2)).toEqual(['a1', 'a2'])
  // Timers may be early by a millisecond.
  expect(performance.now() - begun).toBeGreaterThan(2 * 60 - 10)
})
