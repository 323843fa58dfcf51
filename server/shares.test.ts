import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createShares, type Shares } from './shares.ts'

const stay = () => undefined

function takeAll(shares: Shares, client: string): number {
  let count = 0
  while (count < 10_000 && shares.take(client, 1, stay) !== null) count++
  return count
}

it.each([1, 4, 22, 500])('has some for the next to come, though %i have taken all', (clients) => {
  const shares = createShares(1024)
  for (let at = 0; at < clients; at++) takeAll(shares, `client ${at}`)
  expect(shares.hasRoom()).toBe(true)
  for (let next = 0; next < 20; next++) expect(shares.take(`next ${next}`, 1, stay)).not.toBeNull()
})

it('takes from whoever has most, the newest first, and tells', () => {
  const shares = createShares(4)
  const gone: string[] = []
  const back = ['a0', 'a1', 'a2'].map((name) => shares.take('a', 1, () => gone.push(name)))
  shares.take('b', 1, () => gone.push('b0'))
  expect(shares.take('c', 1, stay)).not.toBeNull()
  expect(gone).toEqual(['a2'])
  expect(shares.take('b', 1, stay)).toBeNull()
  back[2]?.()
  expect(shares.take('d', 1, stay)).not.toBeNull()
  expect(gone).toEqual(['a2', 'a1'])
  expect(shares.hasRoom()).toBe(false)
  expect(shares.take('e', 1, stay)).toBeNull()
})

it('never gives more than there is, and has all again when all was given back', () => {
  const step = fc.record({ client: fc.integer({ min: 0, max: 5 }), amount: fc.integer({ min: 1, max: 40 }) })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const shares = createShares(100)
      let held = 0
      const back = steps.map(({ client, amount }) => {
        const give = shares.take(String(client), amount, () => (held -= amount))
        if (give !== null) held += amount
        expect(held).toBeLessThanOrEqual(100)
        return give
      })
      for (const give of [...back, ...back]) give?.()
      expect(shares.take('all', 100, stay)).not.toBeNull()
    }),
  )
})
