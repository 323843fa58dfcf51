import { describe, expect, it } from 'vitest'
import { createBatches, Full } from './batches.ts'

const ANY = { client: 'any', request: {} }
const live = () => new AbortController().signal

/** Batches whose passes end when they are told to. */
function held(most = 4, mostWaiting = 100) {
  const passes: { items: readonly number[]; end: (error?: Error) => void }[] = []
  let clock = 0
  const batches = createBatches<number, number>({
    keyOf: (item) => item % 10,
    mostOf: () => most,
    mostWaiting,
    now: () => clock,
    run: (items) =>
      new Promise((resolve, reject) => {
        passes.push({
          items,
          end: (error) => (error ? reject(error) : resolve(items.map((item) => item * 2))),
        })
      }),
  })
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5))
  return { batches, passes, settled, tick: (by: number) => (clock += by) }
}

describe('micro-batching', () => {
  it('runs alone what is alone, and joins what came meanwhile', async () => {
    const { batches, passes, settled, tick } = held()
    const first = batches.submit(1, ANY, live())
    await settled()
    const later = [11, 21, 31].map((item) => batches.submit(item, ANY, live()))
    await settled()
    expect(passes.map(({ items }) => items)).toEqual([[1]])
    tick(7)
    passes[0]!.end()
    expect(await first).toEqual({ result: 2, queueMs: 0, computeMs: 7 })
    await settled()
    expect(passes[1]!.items).toEqual([11, 21, 31])
    passes[1]!.end()
    expect((await Promise.all(later)).map(({ result }) => result)).toEqual([22, 42, 62])
    expect((await later[0]!).queueMs).toBe(7)
  })

  it('joins only what is of one length, oldest first, and no more than fit', async () => {
    const { batches, passes, settled } = held(2)
    for (const item of [1, 2, 11, 21, 12]) void batches.submit(item, ANY, live())
    for (let pass = 0; pass < 3; pass++) {
      await settled()
      passes[pass]!.end()
    }
    await settled()
    expect(passes.map(({ items }) => items)).toEqual([[1, 11], [2, 12], [21]])
  })

  it('forgets whoever leaves before the pass, and fails only those of a pass that fails', async () => {
    const { batches, passes, settled } = held()
    const failing = batches.submit(1, ANY, live())
    await settled()
    const leaving = new AbortController()
    const left = batches.submit(11, ANY, leaving.signal)
    const staying = batches.submit(21, ANY, live())
    leaving.abort(new Error('gone'))
    await expect(left).rejects.toThrow('gone')
    passes[0]!.end(new Error('no memory'))
    await expect(failing).rejects.toThrow('no memory')
    await settled()
    expect(passes[1]!.items).toEqual([21])
    passes[1]!.end()
    expect((await staying).result).toBe(42)
    await expect(batches.submit(3, ANY, AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
  })

  it('takes no more than may wait', async () => {
    const { batches, passes, settled } = held(4, 2)
    const running = batches.submit(1, ANY, live())
    await settled()
    const waiting = [11, 21].map((item) => batches.submit(item, ANY, live()))
    await expect(batches.submit(31, ANY, live())).rejects.toBeInstanceOf(Full)
    passes[0]!.end()
    await running
    await settled()
    passes[1]!.end()
    expect(await Promise.all(waiting)).toHaveLength(2)
  })

  it('lets clients take turns, and the requests of one client', async () => {
    const { batches, passes, settled } = held(2)
    const [small, large] = [{}, {}]
    const bring = (item: number, client: string, request: object) =>
      void batches.submit(item, { client, request }, live())
    bring(1, 'greedy', large)
    await settled()
    for (const item of [11, 21, 31, 41, 51]) bring(item, 'greedy', large)
    bring(61, 'greedy', small)
    bring(2, 'modest', {})
    for (let pass = 0; pass < 5; pass++) {
      await settled()
      passes[pass]!.end()
    }
    await settled()
    expect(passes.map(({ items }) => items)).toEqual([[1], [2], [61, 11], [21, 31], [41, 51]])
  })

  it('has room for others, however much one brings', async () => {
    const { batches, passes, settled } = held(4, 4)
    const of = (client: string) => ({ client, request: {} })
    const running = batches.submit(1, of('greedy'), live())
    await settled()
    const greedy = [11, 21, 31, 41].map((item) => batches.submit(item, of('greedy'), live()))
    await expect(batches.submit(51, of('greedy'), live())).rejects.toBeInstanceOf(Full)
    const modest = batches.submit(61, of('modest'), live())
    await expect(greedy[3]).rejects.toBeInstanceOf(Full)
    passes[0]!.end()
    await running
    await settled()
    passes[1]!.end()
    expect((await modest).result).toBe(122)
  })
})
